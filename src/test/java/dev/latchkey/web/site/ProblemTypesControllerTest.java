package dev.latchkey.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.http.ProblemType;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProblemTypesControllerTest {
    private static final EmbeddedServer SERVER = Contexts.server(Database.SQLITE, Map.of("test.statements", false));

    private final Api browser = Api.browser(SERVER);

    @Test
    @DisplayName("All kinds of problems are on one page, each with the way to its own")
    void listsThemAsAPage() {
        Answer page = browser.get("/problems");
        Document html = page.html();

        assertThat(page.status()).isEqualTo(200);
        assertThat(html.select("h2 a").eachAttr("href")).isEqualTo(addresses());
        assertThat(html.select("h2 a").eachText())
                .isEqualTo(Arrays.stream(ProblemType.values())
                        .map(ProblemType::title)
                        .toList());
        assertThat(html.select("h2 + p").eachText()).hasSameSizeAs(addresses());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json, text/html;q=0.5"})
    @DisplayName("Programs get the list as JSON")
    void listsThemAsJson(String accept) {
        Answer answer = new Api(SERVER).get("/problems", "Accept", accept);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        JsonNode list = answer.json();
        assertThat(list.findValuesAsText("type")).isEqualTo(addresses());
        assertThat(list.get(0).path("status").asInt()).isEqualTo(400);
        assertThat(list.get(0).path("title").asText()).isEqualTo("The request cannot be understood");
        assertThat(list.get(0).path("explanation").asText()).isNotEmpty();
    }

    @Test
    @DisplayName("A program that asks for nothing in particular gets the page")
    void isAPageByDefault() {
        assertThat(new Api(SERVER).get("/problems", "Accept", "*/*").header("Content-Type"))
                .startsWith("text/html");
    }

    @Test
    @DisplayName("The page of a problem names it as programs are told it")
    void namesTheType() {
        assertThat(browser.get("/problems/link-used").html().select("dd code").eachText())
                .contains("/problems/link-used");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/problems/link-used", "/nowhere"})
    @DisplayName("A problem leads to all the others")
    void isLinkedFromProblems(String path) {
        assertThat(browser.get(path).html().select("main a[href=/problems]")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/support", "/privacy", "/terms", "/problems", "/problems/link-used"})
    @DisplayName("Public pages say in a sentence what they are about, for search engines")
    void describesPublicPages(String path) {
        Answer page = browser.get(path);

        assertThat(page.html().select("head meta[name=description]").attr("content"))
                .hasSizeBetween(30, 300);
        assertThat(page.header("X-Robots-Tag")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/account", "/edit/nonsense", "/undo/nonsense"})
    @DisplayName("Pages of one's own are for no search engine")
    void hidesOwnPages(String path) {
        Answer page = browser.get(path);

        assertThat(page.html().select("head meta[name=description]")).isEmpty();
        assertThat(page.header("X-Robots-Tag")).isEqualTo("noindex");
    }

    private static List<String> addresses() {
        return Arrays.stream(ProblemType.values())
                .map(type -> "/problems/" + type.slug())
                .toList();
    }
}
