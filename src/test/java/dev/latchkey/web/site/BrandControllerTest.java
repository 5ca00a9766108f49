package dev.latchkey.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Everything that speaks to people or programs in somebody's name does so in the operator's. */
final class BrandControllerTest {
    /** With all that pages, YAML and JSON would have to escape. */
    private static final String NAME = "Tom's <b>\"Söhne\" & 書店";

    private static final String DRAWING =
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 1'><path d='M0 0h4v1H0z'/></svg>";
    private static final EmbeddedServer OWN = Contexts.server(
            Database.SQLITE,
            Map.of(
                    "latchkey.brand.name",
                    NAME,
                    "latchkey.brand.accent",
                    "#7A3CFF",
                    "latchkey.brand.logo",
                    logo().toString()));
    private static final EmbeddedServer PLAIN = Contexts.server(Database.SQLITE, Map.of("test.brand", false));

    private final Api browser = Api.browser(OWN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/support",
                "/privacy",
                "/terms",
                "/problems/link-used",
                "/nowhere",
                "/account",
                "/edit/nobodys",
                "/confirm/nobodys",
                "/undo/nobodys",
                "/oauth/authorize",
            })
    @DisplayName("Every page has the operator's name in its title, header and footer, and ours nowhere")
    void isOnEveryPage(String path) {
        Document page = browser.get(path).html();

        assertThat(page.title()).contains(NAME);
        assertThat(page.select("header .brand").text()).isEqualTo(NAME);
        assertThat(page.select("footer").text()).contains(NAME);
        assertThat(page.text()).doesNotContain("Latchkey", "{brand}", "{0}", "{1}");
    }

    @Test
    @DisplayName("The built-in texts on privacy, terms and support speak of the operator")
    void isInTheBuiltInTexts() {
        for (String path : new String[] {"/privacy", "/terms", "/support"}) {
            assertThat(browser.get(path).html().select("main").text()).as(path).contains(NAME);
        }
    }

    @Test
    @DisplayName("The logo is in the header and the tab, as it is in the file, and can run nothing where it is opened")
    void showsTheLogo() {
        Document page = browser.get("/").html();
        String address = page.select("header img").attr("src");
        Answer logo = browser.get(address);

        assertThat(page.select("link[rel=icon]").eachAttr("href")).containsExactly(address);
        assertThat(page.select("link[rel=icon]").attr("type")).isEqualTo("image/svg+xml");
        assertThat(address).startsWith("/assets/brand.svg?v=");
        assertThat(logo.status()).isEqualTo(200);
        assertThat(logo.text()).isEqualTo(DRAWING);
        assertThat(logo.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(logo.header("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
        assertThat(logo.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(logo.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(logo.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(browser.get("/favicon.ico").text()).isEqualTo(DRAWING);
        assertThat(browser.get("/favicon.ico").header("Content-Security-Policy"))
                .contains("sandbox");
        assertThat(browser.get("/assets/brand.png").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("The accent comes as a style sheet after the one of all pages, for both themes, without inline styles")
    void sendsTheAccent() {
        Document page = browser.get("/").html();
        String address = page.select("link[rel=stylesheet]").last().attr("href");
        Answer styles = browser.get(address);

        assertThat(address).startsWith("/assets/brand.css?v=");
        assertThat(styles.header("Content-Type")).isEqualTo("text/css;charset=utf-8");
        assertThat(styles.text()).contains("--accent: #7a3cff;", "prefers-color-scheme: dark", "--accent: #b28eff;");
        assertThat(styles.header("ETag")).isNotBlank();
        Answer again = browser.get(address, "If-None-Match", styles.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
        assertThat(page.select("style, [style]")).isEmpty();
    }

    @Test
    @DisplayName("Without settings there is neither a style sheet nor a logo of the operator's")
    void isAbsentWithoutSettings() {
        Document page = Api.browser(PLAIN).get("/").html();

        assertThat(page.select("link[href*=brand], img[src*=brand]")).isEmpty();
        assertThat(page.select("header .brand").text()).isEqualTo("Latchkey");
        for (String asset : new String[] {"brand.css", "brand.svg", "brand.png"}) {
            assertThat(Api.browser(PLAIN).get("/assets/" + asset).status()).isEqualTo(404);
        }
        assertThat(new Api(PLAIN).get("/favicon.ico").header("Content-Type")).isEqualTo("image/x-icon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chatgpt-action", "account-api", "session-key-api"})
    @DisplayName("The documents of the APIs are called as the operator is, and stay YAML")
    void namesTheDocuments(String document) {
        String yaml = new Api(OWN).get("/openapi/" + document + ".yml").text();
        Map<String, Map<String, Object>> read = new Yaml().load(yaml);

        assertThat(read.get("info").get("title")).isEqualTo(NAME);
        assertThat(yaml).doesNotContain("Latchkey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"link-api", "oauth"})
    @DisplayName("The other documents stay YAML, too, and so do the pages that are made of them")
    void keepsTheOtherDocuments(String document) {
        String yaml = new Api(OWN).get("/openapi/" + document + ".yml").text();

        assertThat(new Yaml().<Object>load(yaml)).isNotNull();
        assertThat(yaml).doesNotContain("Latchkey");
        for (String path : new String[] {"/docs", "/docs/" + document}) {
            Answer page = browser.get(path);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.html().title()).contains(NAME);
            assertThat(page.html().text()).doesNotContain("Latchkey");
        }
    }

    @Test
    @DisplayName("The action's document names the operator in its description, too, also as JSON")
    void describesTheAction() {
        JsonNode info = new Api(OWN).get("/openapi/chatgpt-action.json").json().path("info");

        assertThat(info.path("title").asText()).isEqualTo(NAME);
        assertThat(info.path("description").asText()).startsWith("Lets users change their own " + NAME + " profile");
    }

    @Test
    @DisplayName("MCP's serverInfo and instructions, the server card and the protected resource name the operator")
    void namesTheServer() {
        JsonNode greeting = new Api(OWN)
                .post("/mcp", """
                        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25",
                         "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}
                        """, "Accept", "application/json, text/event-stream")
                .json()
                .path("result");

        assertThat(greeting.at("/serverInfo/title").asText()).isEqualTo(NAME);
        assertThat(greeting.at("/serverInfo/name").asText()).isEqualTo("latchkey");
        assertThat(greeting.at("/serverInfo/icons/0/src").asText()).contains("/assets/brand.svg?v=");
        assertThat(greeting.at("/serverInfo/icons/0/sizes/0").asText()).isEqualTo("any");
        assertThat(greeting.path("instructions").asText()).startsWith(NAME).doesNotContain("Latchkey");
        JsonNode card = new Api(OWN).get("/.well-known/mcp/server-card.json").json();
        assertThat(card.path("title").asText()).isEqualTo(NAME);
        assertThat(new Api(OWN)
                        .get("/.well-known/oauth-protected-resource")
                        .json()
                        .path("resource_name")
                        .asText())
                .isEqualTo(NAME);
    }

    private static Path logo() {
        try {
            Path file = Files.createTempFile("logo", "");
            file.toFile().deleteOnExit();
            return Files.writeString(file, DRAWING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
