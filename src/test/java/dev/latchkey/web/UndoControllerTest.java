package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.profile.Profiles;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndoControllerTest {
    private final Api browser = Site.browser();
    private final Account somebody = People.somebody(Site.context());

    @Test
    void showsWhatComesBackAndPutsItBackByItsButton() {
        String link = changed(Map.of("name", "Eve", "pronouns", "they"), Map.of("name", "Ada", "pronouns", ""));
        Answer page = browser.get(link);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("X-Robots-Tag")).isEqualTo("noindex");
        Document html = page.html();
        assertThat(html.select("h1").text()).isEqualTo("Undo a change to your profile");
        assertThat(html.select(".restored dt").eachText()).containsExactly("Name", "Pronouns");
        assertThat(html.select(".restored dd").eachText()).containsExactly("Ada", "Nothing, as before");
        assertThat(html.select("form[method=post] button[name=undo]").attr("value"))
                .isEqualTo("yes");
        assertThat(name()).isEqualTo("Eve");

        Answer undone = browser.form(link, Map.of("undo", "yes"));
        assertThat(undone.status()).isEqualTo(303);
        assertThat(undone.header("Location")).isEqualTo(link + "/done");
        assertThat(name()).isEqualTo("Ada");

        Answer done = browser.get(link + "/done");
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.html().select("h1").text()).isEqualTo("The change was undone");
        assertThat(done.html().select(".changed li").eachText()).containsExactly("Name", "Pronouns");
        assertThat(done.html().select("main a.button").attr("href")).isEqualTo("/account");
        assertThat(browser.get(link + "/done").status()).isEqualTo(200);
    }

    @Test
    void changesNothingForAMailScanner() {
        String link = changed(Map.of("name", "Eve"), Map.of("name", "Ada"));
        assertThat(browser.get(link).status()).isEqualTo(200);
        assertThat(browser.send("HEAD", link, null).status()).isEqualTo(200);
        assertThat(browser.form(link, Map.of()).status()).isEqualTo(200);
        assertThat(browser.form(link, Map.of("undo", "no")).status()).isEqualTo(200);
        assertThat(browser.post(link, null).status()).isEqualTo(200);
        assertThat(browser.get(link + "/done").status()).isEqualTo(303);
        assertThat(name()).isEqualTo("Eve");
    }

    @Test
    void explainsAChangeThatWasUndoneAlready() {
        String link = changed(Map.of("name", "Eve"), Map.of("name", "Ada"));
        browser.form(link, Map.of("undo", "yes"));
        Answer again = browser.form(link, Map.of("undo", "yes"));
        assertThat(again.status()).isEqualTo(410);
        assertThat(again.html().select("h1").text()).isEqualTo("This change was already undone");
        assertThat(again.html().select("time").attr("datetime"))
                .isEqualTo(Site.clock().instant().toString());
        assertThat(again.html().select("main form")).isEmpty();
        assertThat(again.html().select("main a.button").attr("href")).isEqualTo("/account");
    }

    @Test
    void explainsAChangeThatIsTooOld() {
        String link = changed(Map.of("name", "Eve"), Map.of("name", "Ada"));
        Site.clock().advance(Duration.ofHours(72));
        Answer page = browser.get(link);
        assertThat(page.status()).isEqualTo(410);
        assertThat(page.html().select("h1").text()).isEqualTo("This change can’t be undone any more");
        assertThat(browser.get(link + "/done").status()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%22%3E%3Cscript%3E", "caf%C3%A9"})
    void explainsWhatWasNeverIssued(String forged) {
        Answer page = browser.get("/undo/" + forged);
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.html().select("h1").text()).isEqualTo("This link doesn’t work");
        assertThat(browser.form("/undo/" + forged, Map.of("undo", "yes")).status())
                .isEqualTo(404);
        assertThat(browser.get("/undo/" + forged + "/done").status()).isEqualTo(404);
    }

    @Test
    void speaksTheLanguageOfTheAccount() {
        String link = changed(Map.of("bio", "Eve"), Map.of("locale", "ar"));
        assertThat(browser.get(link).html().select("html").attr("dir")).isEqualTo("rtl");
        browser.form(link, Map.of("undo", "yes"));
        assertThat(browser.get(link + "/done").html().select("html").attr("lang"))
                .isEqualTo("ar");
    }

    /** The link in the notice of the later of two changes. */
    private String changed(Map<String, String> later, Map<String, String> earlier) {
        for (Map<String, String> change : List.of(earlier, later)) {
            String token = Links.fresh(Site.context(), somebody);
            assertThat(browser.form("/edit/" + token, change).status()).isEqualTo(303);
            Site.clock().advance(Duration.ofMinutes(1));
        }
        return "/undo/" + Links.undo(Site.context(), somebody);
    }

    private String name() {
        return String.valueOf(Site.context()
                .getBean(Profiles.class)
                .find(somebody.id())
                .orElseThrow()
                .name());
    }
}
