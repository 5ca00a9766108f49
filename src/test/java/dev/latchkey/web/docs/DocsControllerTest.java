package dev.latchkey.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.text.Resources;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocsControllerTest {
    private final Api browser = Api.browser(Contexts.server(Database.SQLITE, Map.of()));

    @Test
    @DisplayName("The start page has the assistant's doors first: ask, status, load and save; then MCP and sign-up")
    void beginsWithTheDoors() {
        Document page = page("/docs");

        assertThat(page.select("main a code").eachText())
                .startsWith(
                        "POST /api/update/init",
                        "GET /api/update/status/{requestId}",
                        "POST /api/update/load",
                        "POST /api/update/save",
                        "request_profile_edit_link",
                        "POST /api/signup/init");
        assertThat(page.select("pre").eachText())
                .anyMatch(text -> text.startsWith("curl -s 'http://localhost/api/update/init'"))
                .anyMatch(text -> text.contains("/mcp"));
    }

    @Test
    @DisplayName("Whatever a page of the documentation leads to is there, and is here")
    void leadsToWhatIsThere() {
        for (String path : List.of("/docs", "/docs/chatgpt-action", "/docs/mcp", "/docs/session-key-api")) {
            for (Element link : page(path).select("main a[href], link[href], script[src]")) {
                String target = link.hasAttr("src") ? link.attr("src") : link.attr("href");
                assertThat(target).startsWith(target.startsWith("#") ? "#" : "/");
                String[] parts = target.split("#", 2);
                if (!parts[0].isEmpty()) {
                    assertThat(browser.get(parts[0], "Accept", "*/*").status())
                            .as(target)
                            .isEqualTo(200);
                }
                if (parts.length == 2) {
                    assertThat(page(parts[0].isEmpty() ? path : parts[0]).getElementById(parts[1]))
                            .as(target)
                            .isNotNull();
                }
            }
        }
    }

    @Test
    @DisplayName("There is one page in each language: what is asked for beyond its address leads to it")
    void hasOnePageInEachLanguage() {
        assertThat(browser.get("/docs/mcp?from=somewhere"))
                .returns(303, Answer::status)
                .returns("/docs/mcp", answer -> answer.header("Location"));

        for (String language : List.of("de", "en", "de")) {
            Answer answer = browser.get("/docs/mcp", "Accept-Language", language);
            assertThat(answer.html().selectFirst("html").attr("lang")).isEqualTo(language);
            assertThat(answer.html().select("input[name=page]").val()).isEqualTo("/docs/mcp");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chatgpt-action", "link-api", "mcp", "account-api", "oauth", "session-key-api"})
    @DisplayName("Each document is readable without a script: every call with a command and a real answer")
    void showsEachDocument(String name) {
        Document page = page("/docs/" + name);

        assertThat(page.select("section.call")).isNotEmpty().allSatisfy(call -> {
            assertThat(call.select("h3").text()).isNotEmpty();
            assertThat(call.select("pre").eachText()).first().asString().startsWith("curl -s ");
            assertThat(call.select(".gives")).isNotEmpty();
            assertThat(call.select("form.try[hidden]")).hasSize(call.id().equals("authorize") ? 0 : 1);
        });
        assertThat(page.select("pre").text()).doesNotContain("\"string\"", "null null", "$ref");
        assertThat(page.text()).doesNotContain("latchkey.example.com");
        assertThat(page.select("[style], style, script:not([src])")).isEmpty();
    }

    @Test
    @DisplayName("The pages may be found and kept, and take nothing from elsewhere")
    void mayBeFound() {
        Answer page = browser.get("/docs/account-api");

        assertThat(page.header("X-Robots-Tag")).isEmpty();
        assertThat(page.html().select("head meta[name=description]").attr("content"))
                .isNotEmpty();
        assertThat(page.header("Content-Security-Policy"))
                .contains("script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe");
    }

    @Test
    @DisplayName("What the pages show of each tool is what the tool takes and gives")
    void showsToolsAsTheyAre() {
        Node examples = Node.parse(Resources.text("docs/mcp-examples.yml")).get("tools");
        for (Node tool :
                Node.parse(Resources.text("mcp/server.json")).get("tools").items()) {
            Node example = examples.get(tool.get("name").text());
            if (example.isThere()) {
                assertFits(tool.get("inputSchema"), example.get("takes"));
                assertFits(tool.get("outputSchema"), example.get("gives"));
            } else {
                assertThat(page("/docs/mcp").getElementById(tool.get("name").text()))
                        .as("The card alone calls it")
                        .isNull();
            }
        }
    }

    private static void assertFits(Node schema, Node example) {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Json.line(schema.value()))
                        .validate(Json.line(example.value()), InputFormat.JSON))
                .as(Json.line(example.value()))
                .isEmpty();
    }

    @Test
    @DisplayName("What is switched off is not documented")
    void leavesOutWhatIsOff() {
        Api without = Api.browser(Contexts.server(Database.SQLITE, Map.of("latchkey.session-key-api", false)));

        assertThat(without.get("/docs").text()).doesNotContain("session-key-api");
        assertThat(without.get("/docs/session-key-api").status()).isEqualTo(404);
        assertThat(without.get("/openapi/session-key-api.yml").status()).isEqualTo(404);
    }

    private Document page(String path) {
        Answer answer = browser.get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.html();
    }
}
