package dev.latchkey.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LanguageControllerTest {
    private static final EmbeddedServer SERVER = Contexts.server(Database.SQLITE, Map.of());

    private final Api browser = Api.browser(SERVER);

    @Test
    @DisplayName("The foot of a page offers every language by its own name, and the page's own is chosen")
    void offersAll() {
        Document page = browser.get("/support?a=b", "Accept-Language", "tr").html();

        assertThat(page.select("form.languages option")).hasSize(12);
        assertThat(page.select("form.languages option[value=ja]").attr("lang")).isEqualTo("ja");
        assertThat(page.select("form.languages option[value=ja]").text()).isEqualTo("日本語");
        assertThat(page.select("form.languages option[selected]").attr("value")).isEqualTo("tr");
        assertThat(page.select("form.languages input[name=page]").attr("value")).isEqualTo("/support?a=b");
    }

    @ParameterizedTest
    @DisplayName("A page that is kept for all is in the language of each, and leads back to where each asked")
    @CsvSource({"en,/support", "de,/support", "en,/support?a=b", "de,/support?a=b", "en,/support"})
    void isKeptForEachLanguageAndAddress(String language, String address) {
        Document page = browser.get(address, "Accept-Language", language).html();

        assertThat(page.select("html").attr("lang")).isEqualTo(language);
        assertThat(page.select("form.languages input[name=page]").attr("value")).isEqualTo(address);
    }

    @Test
    @DisplayName("What was chosen is remembered by the browser, and counts more than what the browser asks for")
    void remembers() {
        Answer chosen = browser.form("/language", Map.of("language", "de", "page", "/support?a=b"));

        assertThat(chosen.status()).isEqualTo(303);
        assertThat(chosen.header("Location")).isEqualTo("/support?a=b");
        String cookie = chosen.header("Set-Cookie");
        assertThat(cookie).startsWith("latchkey_language=de;").contains("Path=/", "HTTPOnly", "SameSite=Lax");
        Answer page = browser.get("/", "Accept-Language", "fr", "Cookie", "latchkey_language=de");
        assertThat(page.html().select("html").attr("lang")).isEqualTo("de");
        assertThat(page.header("Vary")).contains("Cookie");
    }

    @Test
    @DisplayName("Where we are reached by https, no other host can have set what was chosen")
    @Asvs({"3.3.1", "3.3.3"})
    void isOfThisHostAlone() {
        Api secure =
                Api.browser(Contexts.server(Database.SQLITE, Map.of("latchkey.base-url", "https://id.example.com")));

        assertThat(secure.form("/language", Map.of("language", "de", "page", "/"))
                        .header("Set-Cookie"))
                .matches("__Host-latchkey_language=de; Max-Age=\\d+;.*")
                .contains("Path=/", "Secure", "HTTPOnly", "SameSite=Lax");
        assertThat(secure.get("/", "Cookie", "__Host-latchkey_language=de")
                        .html()
                        .select("html")
                        .attr("lang"))
                .isEqualTo("de");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xx", "", "de-AT", "en;Domain=evil"})
    @DisplayName("A language that no page has changes nothing")
    void ignoresOthers(String language) {
        Answer answer = browser.form("/language", Map.of("language", language, "page", "/"));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(browser.get("/", "Cookie", "latchkey_language=" + language)
                        .html()
                        .select("html")
                        .attr("lang"))
                .isEqualTo(language.equals("de-AT") ? "de" : "en");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "///evil.example",
                "https://evil.example/",
                "/\\evil.example",
                "support",
                "",
                "/a b"
            })
    @DisplayName("It leads to no other site")
    @Asvs("3.7.2")
    void staysHere(String page) {
        assertThat(browser.form("/language", Map.of("language", "de", "page", page))
                        .header("Location"))
                .isEqualTo("/");
    }

    @Test
    @DisplayName("An answer to a form has no switcher, as it would lose what was typed")
    void keepsWhatWasTyped() {
        assertThat(browser.form("/link", Map.of("identifier", "nobody")).html().select("form.languages"))
                .isEmpty();
    }
}
