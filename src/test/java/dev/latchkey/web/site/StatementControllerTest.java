package dev.latchkey.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementControllerTest {
    private static final EmbeddedServer SERVER =
            Contexts.server(Database.SQLITE, Map.of("test.statements", true, "latchkey.support", "help@example.org"));
    private static final EmbeddedServer SILENT = Contexts.server(Database.SQLITE, Map.of("test.statements", false));

    private final Api browser = Api.browser(SERVER);
    private final Path own = SERVER.getApplicationContext()
            .getBean(LatchkeySettings.class)
            .dataDir()
            .resolve("privacy.txt");

    @ParameterizedTest
    @ValueSource(strings = {"/support", "/privacy", "/terms"})
    @DisplayName("Every page leads to help, privacy and terms")
    void isLinkedFromEveryPage(String path) {
        assertThat(browser.get("/").html().select("footer a[href=" + path + "]"))
                .hasSize(1);
        assertThat(browser.get("/nowhere").html().select("footer a[href=" + path + "]"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/privacy, 'What this service keeps, and why', What an assistant learns",
        "/terms, Terms of this service, What is expected of you",
        "/support, Help with your profile, It wasn’t you"
    })
    @DisplayName("A server without texts of its operator says what the product does")
    void saysWhatTheProductDoes(String path, String heading, String part) {
        var page = Api.browser(SILENT).get(path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.html().select("h1").text()).isEqualTo(heading);
        assertThat(page.html().select("h2").eachText()).contains(part);
        assertThat(page.html().select("main a[href^=mailto]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es", "it", "pt-BR", "nl", "pl", "tr", "ar", "ja", "zh-Hans"})
    @DisplayName("Privacy and terms are complete in every language, and in it")
    void speaksEveryLanguage(String language) {
        for (String path : List.of("/privacy", "/terms")) {
            Document english = Api.browser(SILENT).get(path).html();
            Document page =
                    Api.browser(SILENT).get(path, "Accept-Language", language).html();

            assertThat(page.select("html").attr("lang")).isEqualTo(language);
            assertThat(page.select("main .stack > *").eachAttr("dir")).containsOnly("auto");
            assertThat(names(page)).isEqualTo(names(english));
            assertThat(page.select("main .stack").text()).containsOnlyOnce("Latchkey");
            assertThat(page.select("main .stack > *").eachText())
                    .doesNotContainAnyElementsOf(
                            english.select("main .stack > *").eachText())
                    .noneMatch(text -> text.contains("{") || text.matches(".*\\b(the|your|with)\\b.*"));
        }
    }

    private static List<String> names(Document page) {
        return page.select("main .stack > *").stream().map(Element::tagName).toList();
    }

    @Test
    @DisplayName("Without LATCHKEY_SUPPORT the help page says where else to ask")
    void saysWhereElseToAsk() {
        assertThat(Api.browser(SILENT).get("/support").html().select("main").text())
                .contains("ask where you got your account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/support", "/privacy", "/terms", "/problems/link-used", "/nowhere"})
    @DisplayName("LATCHKEY_SUPPORT is on help, privacy, terms and the pages of problems")
    void saysHowToReachTheOperator(String path) {
        Document page = browser.get(path).html();

        assertThat(page.select("main a[href=mailto:help@example.org]").text()).isEqualTo("help@example.org");
        assertThat(page.text()).doesNotContain("ask where you got your account");
    }

    @Test
    @DisplayName("LATCHKEY_SUPPORT may be a page")
    void leadsToAPage() {
        try (EmbeddedServer server =
                Contexts.serve(Database.SQLITE, Map.of("latchkey.support", "https://example.org/help"))) {
            assertThat(Api.browser(server).get("/support").html().select("main a[href=https://example.org/help]"))
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("privacy.txt in the data directory takes the place of the privacy page's text")
    void showsThePolicyOfTheOperatorInstead() throws IOException {
        Files.createDirectories(own.getParent());
        Files.writeString(own, "Our policy\r\n\r\n# One <b>thing</b>\n\nWe keep little.");
        try {
            Document html = browser.get("/privacy").html();
            assertThat(html.select("h1").text()).isEqualTo("Our policy");
            assertThat(html.select("h2").text()).isEqualTo("One <b>thing</b>");
            assertThat(html.select("main .stack p").text()).isEqualTo("We keep little.");
        } finally {
            Files.delete(own);
        }
    }

    @Test
    @DisplayName("The file of LATCHKEY_TERMS_FILE takes the place of the terms, as it is now")
    void showsTheTermsOfTheOperatorInstead(@TempDir Path folder) throws IOException {
        Path terms = Files.writeString(folder.resolve("our terms.txt"), "Our terms\n\n# One\n\nBe kind.");
        try (ApplicationContext context = Contexts.serve(
                        Database.SQLITE, Map.of("latchkey.terms-file", terms.toString()))
                .getApplicationContext()) {
            Api reader = Api.browser(context.getBean(EmbeddedServer.class));

            assertThat(reader.get("/terms")
                            .html()
                            .select("h1, h2, main .stack p")
                            .eachText())
                    .containsExactly("Our terms", "One", "Be kind.");
            Files.writeString(terms, "Newer terms");
            assertThat(reader.get("/terms").html().select("h1").text()).isEqualTo("Newer terms");
            Files.delete(terms);
            assertThat(reader.get("/terms").html().select("h1").text()).isEqualTo("Terms of this service");
        }
    }
}
