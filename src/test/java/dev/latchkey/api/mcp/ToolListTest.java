package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What hosts read of the tools before they show or call one. */
final class ToolListTest {
    private final EmbeddedServer server = Contexts.server(Database.SQLITE, Map.of("test.clock", true));
    private final McpClient client = new McpClient(server);

    @Test
    @DisplayName("Each tool has a title, a description, both schemas and every annotation said out loud")
    void describesEachTool() {
        assertThat(tools(client)).allSatisfy(tool -> {
            assertThat(tool.path("title").asText()).isNotEmpty().hasSizeLessThanOrEqualTo(64);
            assertThat(tool.path("description").asText())
                    .hasSizeBetween(60, 1_000)
                    .endsWith(".");
            assertThat(tool.path("inputSchema").path("type").asText()).isEqualTo("object");
            assertThat(tool.path("outputSchema").path("type").asText()).isEqualTo("object");
            assertThat(tool.path("annotations").properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrder(
                            "title", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint");
            assertThat(tool.path("annotations").path("title")).isEqualTo(tool.path("title"));
        });
    }

    @Test
    @DisplayName("Each tool says who may call it, where hosts look for it and where they looked before")
    void saysWhoMayCall() {
        assertThat(tools(client)).allSatisfy(tool -> {
            assertThat(tool.path("securitySchemes")).isNotEmpty();
            assertThat(tool.path("_meta").path("securitySchemes")).isEqualTo(tool.path("securitySchemes"));
        });
        for (String open : List.of("request_profile_edit_link", "request_sign_up", "get_profile_edit_status")) {
            assertThat(tool(open).path("securitySchemes").toString()).isEqualTo("[{\"type\":\"noauth\"}]");
        }
    }

    @Test
    @DisplayName("Tools that mail are said to, and the one that only looks is said to change nothing")
    void tellsWhatTheyDo() {
        for (String mails : List.of("request_profile_edit_link", "request_sign_up")) {
            assertThat(tool(mails).path("annotations").path("readOnlyHint").asBoolean(true))
                    .isFalse();
            assertThat(tool(mails).path("annotations").path("destructiveHint").asBoolean(true))
                    .isFalse();
            assertThat(tool(mails).path("annotations").path("openWorldHint").asBoolean())
                    .isTrue();
        }
        assertThat(tool("get_profile_edit_status")
                        .path("annotations")
                        .path("readOnlyHint")
                        .asBoolean())
                .isTrue();
    }

    @Test
    @DisplayName("A photo is a file parameter, described by both of its shapes")
    void takesFiles() {
        JsonNode tool = tool("request_profile_edit_link");

        assertThat(tool.path("_meta").path("openai/fileParams").toString()).isEqualTo("[\"photo\"]");
        assertThat(tool.path("inputSchema")
                        .path("properties")
                        .path("photo")
                        .path("properties")
                        .properties())
                .extracting(Map.Entry::getKey)
                .contains("download_url", "file_id", "mime_type", "file_name", "name", "id", "download_link");
    }

    @Test
    @DisplayName("Models are told to sign nobody up without consent, and never to ask for a passphrase")
    void instructsModels() {
        assertThat(client.modern("server/discover", "")
                        .result()
                        .path("instructions")
                        .asText())
                .contains("Never ask for a passphrase", "request_sign_up", "only after they said yes")
                .hasSizeLessThan(2_000);
    }

    @Test
    @DisplayName(
            "With LATCHKEY_MCP_ANONYMOUS=false the tools that mail for anybody are neither listed, nor called, nor named")
    void takesThemAway() {
        McpClient closed = new McpClient(
                Contexts.server(Database.SQLITE, Map.of("test.clock", true, "latchkey.mcp-anonymous", false)));

        assertThat(tools(closed))
                .extracting(tool -> tool.path("name").asText())
                .contains("get_profile_edit_status")
                .doesNotContain("request_profile_edit_link", "request_sign_up");
        String instructions = closed.modern("server/discover", "")
                .result()
                .path("instructions")
                .asText();
        assertThat(instructions)
                .contains("Never ask for a passphrase")
                .doesNotContain("request_profile_edit_link", "request_sign_up");
        assertThat(tools(closed))
                .allSatisfy(tool ->
                        assertThat(tool.toString()).doesNotContain("request_profile_edit_link", "request_sign_up"));
        for (String gone : List.of("request_profile_edit_link", "request_sign_up")) {
            for (McpClient.Reply reply : closed.inBothEras(gone, "\"email\":\"a@example.org\",\"consent\":true")) {
                assertThat(reply.errorCode()).isEqualTo(-32602);
                assertThat(reply.body().path("error").path("message").asText())
                        .isEqualTo("Invalid params: unknown tool " + gone);
            }
        }
    }

    private JsonNode tool(String name) {
        return tools(client).stream()
                .filter(tool -> tool.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> tools(McpClient client) {
        List<JsonNode> tools = new ArrayList<>();
        client.modern("tools/list", "").result().path("tools").forEach(tools::add);
        return tools;
    }
}
