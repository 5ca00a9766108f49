package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.oauth.client.PredefinedClients;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.LetIn;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What directories of assistants ask of a server before they list it, requirement by requirement. The look of the card (at most
 * 500 pixels high, both themes, contrast) is held in a browser by {@code CardLooksIT}, the entry for registries and the card of the
 * server by {@link ServerCardControllerTest}, the plugin by {@code PluginCommandTest}.
 */
final class ListingTest {
    private static final String CHALLENGE = "listing-challenge-0123456789";
    private static final EmbeddedServer SERVER = Contexts.server(Database.SQLITE, settings());
    private static final int LONGEST_TITLE = 64;
    private static final String AUTHORIZE = "/oauth/authorize?response_type=code&client_id=" + PredefinedClients.OPEN
            + "&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcallback"
            + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";

    /** readOnly, destructive, idempotent, openWorld: what each tool really does. */
    private static final Map<String, List<Boolean>> TRUE_ANNOTATIONS = Map.of(
            "request_profile_edit_link", List.of(false, false, false, true),
            "request_sign_up", List.of(false, false, false, true),
            "get_my_profile", List.of(true, false, true, false),
            "propose_profile_change", List.of(false, false, false, true),
            "save_profile_draft", List.of(false, true, true, true),
            "get_profile_edit_status", List.of(true, false, true, false));

    private static final McpClient CLIENT = new McpClient(SERVER);

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(PredefinedClients.SETTINGS);
        settings.put("latchkey.openai-challenge", CHALLENGE);
        settings.put("latchkey.support", "help@example.org");
        return settings;
    }

    static Stream<JsonNode> tools() {
        List<JsonNode> tools = new ArrayList<>();
        CLIENT.modern("tools/list", "").result().path("tools").forEach(tools::add);
        assertThat(tools).isNotEmpty();
        return tools.stream();
    }

    @ParameterizedTest
    @MethodSource("tools")
    @DisplayName("Every tool has a title of at most 64 characters, in both places where hosts look for it")
    void titles(JsonNode tool) {
        assertThat(tool.path("title").asText()).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST_TITLE);
        assertThat(tool.at("/annotations/title")).isEqualTo(tool.path("title"));
        assertThat(tool.path("name").asText()).matches("[a-z][a-z_]{1,63}");
    }

    @ParameterizedTest
    @MethodSource("tools")
    @DisplayName("Every tool says when to use it, and every argument and every member of an answer what it is")
    void descriptions(JsonNode tool) {
        assertThat(tool.path("description").asText()).hasSizeBetween(40, 1024);
        List<String> silent = new ArrayList<>();
        describe("input", tool.path("inputSchema"), silent);
        describe("output", tool.path("outputSchema"), silent);
        assertThat(silent).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tools")
    @DisplayName("Every annotation of every tool is explicit, and true")
    void annotations(JsonNode tool) {
        JsonNode annotations = tool.path("annotations");
        List<Boolean> told = new ArrayList<>();
        for (String hint : List.of("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")) {
            assertThat(annotations.path(hint).isBoolean()).as(hint).isTrue();
            told.add(annotations.path(hint).asBoolean());
        }
        assertThat(TRUE_ANNOTATIONS).containsEntry(tool.path("name").asText(), told);
    }

    @ParameterizedTest
    @MethodSource("tools")
    @DisplayName("Every tool lists who may call it, also where older hosts look for it")
    void securitySchemes(JsonNode tool) {
        JsonNode schemes = tool.path("securitySchemes");

        assertThat(schemes).isNotEmpty();
        assertThat(tool.at("/_meta/securitySchemes")).isEqualTo(schemes);
        schemes.forEach(scheme -> assertThat(scheme.path("type").asText()).isIn("noauth", "oauth2"));
    }

    @Test
    @DisplayName("The challenge is answered")
    void challenge() {
        assertThat(new Api(SERVER).get("/.well-known/openai-apps-challenge").text())
                .isEqualTo(CHALLENGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/terms", "/privacy", "/support"})
    @DisplayName("Terms, privacy and support are pages, with a person to reach")
    void statements(String path) {
        Answer page = Api.browser(SERVER).get(path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html().select("h1").text()).isNotBlank();
        assertThat(page.html().select("main a[href=mailto:help@example.org]")).hasSize(1);
    }

    @Test
    @DisplayName("The server names its website and icons, and each icon is a PNG of the size it says")
    void icons() throws IOException {
        JsonNode self = CLIENT.modern("server/discover", "").result().path("serverInfo");

        assertThat(self.path("websiteUrl").asText()).isEqualTo("http://localhost/");
        assertThat(self.path("description").asText()).endsWith(".");
        assertThat(self.path("icons")).hasSize(3);
        for (JsonNode icon : self.path("icons")) {
            Answer answer =
                    new Api(SERVER).get(URI.create(icon.path("src").asText()).getPath());

            assertThat(icon.path("mimeType").asText()).isEqualTo(answer.header("Content-Type"));
            if (icon.path("mimeType").asText().equals("image/svg+xml")) {
                assertThat(icon.path("sizes").get(0).asText()).isEqualTo("any");
                continue;
            }
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(answer.bytes()));
            assertThat(icon.path("sizes").get(0).asText()).isEqualTo(image.getWidth() + "x" + image.getHeight());
        }
    }

    @Test
    @DisplayName("There is no manifest of a time before MCP")
    void noOldManifest() {
        assertThat(new Api(SERVER).get("/.well-known/ai-plugin.json").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("A reviewer signs in by passphrase, without any mail, and is asked whether to let the assistant in")
    void accountForReviewers() {
        ApplicationContext context = SERVER.getApplicationContext();
        Account reviewer = People.somebody(context);
        context.getBean(Accounts.class)
                .updatePassphraseHash(
                        reviewer.id(), context.getBean(Passphrases.class).hash("six calm reviewers"));
        String mails = "SELECT count(*) FROM outbox";
        long before = Sql.count(context, mails);
        Browser browser = new Browser(SERVER);

        Answer in =
                browser.form(AUTHORIZE, Map.of("email", reviewer.email().value(), "passphrase", "six calm reviewers"));
        Answer asked = browser.get(AUTHORIZE);

        assertThat(in.status()).isEqualTo(303);
        assertThat(asked.html().select("button[value=allow]").text()).isEqualTo("Allow");
        assertThat(Sql.count(context, mails)).isEqualTo(before);
    }

    @Test
    @DisplayName("No answer that strangers get holds a key, a secret, a link, or what opens it")
    void noSecretInAnyAnswer() throws IOException {
        ApplicationContext context = SERVER.getApplicationContext();
        Account somebody = People.somebody(context);
        String email = "\"name\":\"%s\",\"arguments\":{\"email\":\"" + somebody.email() + "\"%s}";
        JsonNode asked = CLIENT.modern("tools/call", email.formatted("request_profile_edit_link", ""))
                .body();
        String request = asked.at("/result/structuredContent/requestId").asText();
        String token = Links.arrived(context, UUID.fromString(request));
        List<String> answers = new ArrayList<>(List.of(
                asked.toString(),
                CLIENT.modern("tools/call", email.formatted("request_sign_up", ",\"consent\":true"))
                        .body()
                        .toString(),
                CLIENT.modern(
                                "tools/call",
                                "\"name\":\"get_profile_edit_status\",\"arguments\":{\"requestId\":\"" + request
                                        + "\"}")
                        .body()
                        .toString(),
                CLIENT.modern("tools/list", "").body().toString(),
                CLIENT.modern("server/discover", "").body().toString(),
                CLIENT.post(McpClient.message(
                                "initialize",
                                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                                        + "\"clientInfo\":{\"name\":\"a\",\"version\":\"1\"}}"))
                        .body()
                        .toString()));
        for (String path : List.of(
                "/.well-known/mcp/server-card.json",
                "/.well-known/security.txt",
                "/.well-known/oauth-authorization-server",
                "/.well-known/oauth-protected-resource/mcp",
                "/openapi/chatgpt-action.yml",
                "/support",
                AUTHORIZE)) {
            answers.add(Api.browser(SERVER).get(path).text());
        }
        String secret = Files.readString(
                        context.getBean(LatchkeySettings.class).dataDir().resolve("secret"))
                .strip();

        assertThat(token).hasSizeGreaterThan(20);
        assertThat(answers)
                .hasSize(13)
                .allSatisfy(answer -> assertThat(answer)
                        .isNotBlank()
                        .doesNotContain(
                                token, token.substring(0, 20), secret, Api.KEY, PredefinedClients.SECRET, "/edit/"));
    }

    @Test
    @DisplayName(
            "No answer that a model reads of somebody who signed in holds what opens the account or saves the draft")
    @Asvs("10.1.1")
    void noSecretForModels() {
        ApplicationContext context = SERVER.getApplicationContext();
        LetIn assistant = LetIn.by(context, People.somebody(context));
        McpClient.Reply profile = CLIENT.tool("get_my_profile", "", "Authorization", assistant.bearer());
        McpClient.Reply draft = CLIENT.tool(
                "propose_profile_change", "\"proposal\":{\"name\":\"Ada\"}", "Authorization", assistant.bearer());
        String request = draft.facts().path("requestId").asText();
        String link = Links.arrived(context, UUID.fromString(request));
        String key =
                draft.result().path("_meta").path("latchkey/draft").path("key").asText();

        assertThat(key).isNotBlank();
        for (McpClient.Reply reply : List.of(profile, draft)) {
            String read =
                    reply.result().path("content").toString() + reply.result().path("structuredContent");
            assertThat(read)
                    .isNotBlank()
                    .doesNotContain(link, key, assistant.bearer().substring("Bearer ".length()));
        }
    }

    private static void describe(String way, JsonNode schema, List<String> silent) {
        for (String name : names(schema.path("properties"))) {
            JsonNode property = schema.path("properties").path(name);
            if (property.path("description").asText().isBlank()) {
                silent.add(way + "/" + name);
            }
            describe(way + "/" + name, property, silent);
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
