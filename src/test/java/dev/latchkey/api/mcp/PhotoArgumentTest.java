package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.api.mcp.McpClient.Reply;
import dev.latchkey.photo.ImageHost;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that the user gave in the chat, under the same rules as the action's. */
final class PhotoArgumentTest {
    private static final String TOOL = "request_profile_edit_link";
    private static final ImageHost HOST = ImageHost.shared();

    private final EmbeddedServer server = Contexts.server(
            Database.SQLITE,
            Map.of(
                    "test.clock",
                    true,
                    "test.image-host",
                    true,
                    "latchkey.image-hosts",
                    HOST.authority() + ",inside.example.org:" + HOST.port()));
    private final ApplicationContext context = server.getApplicationContext();
    private final Account somebody = People.somebody(context);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"download_url":"https://HOST/image","file_id":"file-1","mime_type":"image/jpeg","file_name":"me.jpg"}
            {"name":"me.jpg","id":"file-1","mime_type":"image/jpeg","download_link":"https://HOST/image"}
            "{\\"download_url\\":\\"https://HOST/image\\",\\"file_id\\":\\"file-1\\"}"
            """)
    @DisplayName("Each shape in which hosts send a file becomes a proposed photo")
    void takesEachShape(String photo) {
        Reply reply = call(photo.replace("HOST", HOST.authority()));

        assertThat(reply.isError()).as(reply.text()).isFalse();
        assertThat(reply.facts().path("proposed").toString()).isEqualTo("[\"photo\"]");
        String token = Links.arrived(
                context, UUID.fromString(reply.facts().path("requestId").asText()));
        assertThat(Api.browser(server).get("/edit/" + token + "/proposed.jpg").bytes())
                .isEqualTo(Images.processed(context, ImageHost.IMAGE).jpeg());
    }

    @Test
    @DisplayName("An empty text stands for no photo")
    void takesNoneForEmpty() {
        for (String none : new String[] {"\"\"", "\" \"", "null"}) {
            assertThat(call(People.somebody(context), none).facts().has("proposed"))
                    .isFalse();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"download_url":"https://evil.example.com/image","file_id":"f"}        | Images are fetched only from addresses that this service allows. The user can upload it on the page instead.
            {"download_url":"https://inside.example.org:PORT/image","file_id":"f"} | Images are fetched only from addresses that this service allows. The user can upload it on the page instead.
            {"download_url":"http://HOST/image","file_id":"f"}                     | Images are fetched only from addresses that this service allows. The user can upload it on the page instead.
            {"download_url":"https://HOST/redirect","file_id":"f"}                 | The image could not be fetched. The user can upload it on the page instead.
            {"download_url":"https://HOST/large","file_id":"f"}                    | The image is too large: at most 5 MiB and 40 megapixels. Nothing was sent.
            {"download_url":"https://HOST/text","file_id":"f"}                     | The image is not a readable JPEG, PNG or WebP. Nothing was sent.
            {"file_id":"f"}                                                        | The image has no usable link. The user can upload it on the page instead.
            {"download_url":"","file_id":"f"}                                      | The image has no usable link. The user can upload it on the page instead.
            {}                                                                     | The image has no usable link. The user can upload it on the page instead.
            "file-1"                                                               | The image has no usable link. The user can upload it on the page instead.
            ["file-1"]                                                             | The image has no usable link. The user can upload it on the page instead.
            5                                                                      | The image has no usable link. The user can upload it on the page instead.
            """)
    @DisplayName("What cannot be kept is told to the model, and nothing is mailed")
    void refuses(String photo, String sentence) {
        Reply reply = call(photo.replace("HOST", HOST.authority()).replace("PORT", String.valueOf(HOST.port())));

        assertThat(reply.isError()).isTrue();
        assertThat(reply.text()).isEqualTo(sentence);
        assertThat(Sql.count(context, "SELECT count(*) FROM link_requests WHERE account_id = '" + somebody.id() + "'"))
                .isZero();
    }

    @Test
    @DisplayName("Whoever asked for too many links has no image fetched either")
    void countsBeforeItFetches() {
        EmbeddedServer few = Contexts.server(
                Database.SQLITE,
                Map.of(
                        "test.clock",
                        true,
                        "test.image-host",
                        true,
                        "latchkey.image-hosts",
                        HOST.authority(),
                        "latchkey.mcp-links-per-hour",
                        1,
                        "latchkey.links-per-hour",
                        1));
        McpClient client = McpClient.at(few, "127.0.0.74");
        String arguments = "\"email\":\"nobody@example.org\",\"photo\":{\"download_url\":\"https://%s/image\"}"
                .formatted(HOST.authority());
        client.tool(TOOL, arguments);
        int before = HOST.asked();

        assertThat(client.tool(TOOL, arguments).text()).startsWith("Too many links were requested recently.");
        assertThat(HOST.asked()).isEqualTo(before);
    }

    private Reply call(String photo) {
        return call(somebody, photo);
    }

    private Reply call(Account account, String photo) {
        return McpClient.at(server, "127.0.0.73")
                .tool(TOOL, "\"email\":\"" + account.email() + "\",\"photo\":" + photo);
    }
}
