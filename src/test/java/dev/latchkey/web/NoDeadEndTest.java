package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import java.time.Duration;
import java.util.Map;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page says in its main part where to go from it. */
final class NoDeadEndTest {
    private final Browser browser = new Browser(Site.server());
    private final Account somebody = People.somebody(Site.context());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/privacy",
                "/terms",
                "/support",
                "/problems",
                "/problems/link-used",
                "/nowhere",
                "/account",
                "/edit/nonsense",
                "/confirm/nonsense",
                "/undo/nonsense",
                "/account/in/nonsense",
                "/confirm_registration/nonsense"
            })
    @DisplayName("Pages for everybody lead on")
    void leadsEverybodyOn(String path) {
        assertThat(ways(browser.get(path))).isNotEmpty();
    }

    @Test
    @DisplayName(
            "Whoever asked for a link may ask again or correct what they typed, whether or not they came too early")
    void leadsBackToAskingAgain() {
        Map<String, String> typed = Map.of("identifier", somebody.email().value());
        Answer sent = browser.form("/link", typed);
        Answer early = browser.form("/link", typed);

        assertThat(sent.html().select("h1").text()).isEqualTo("Check your email");
        assertLeadsBack(sent);
        assertThat(sent.html().select("main").text()).contains("check your spam folder");
        assertThat(early.status()).isEqualTo(429);
        assertLeadsBack(early);
        Answer corrected =
                browser.form("/link", Map.of("identifier", somebody.email().value(), "do", "correct"));
        assertThat(corrected.status()).isEqualTo(200);
        assertThat(corrected.html().select("#identifier").val())
                .isEqualTo(somebody.email().value());
    }

    private void assertLeadsBack(Answer page) {
        assertThat(page.html()
                        .select("form[action=/link]:has(#again) input[name=identifier]")
                        .val())
                .isEqualTo(somebody.email().value());
        assertThat(page.html().select("form[action=/link] button[name=do]").val())
                .isEqualTo("correct");
        assertThat(page.html().select("a[href*=@], form[action*=@]")).isEmpty();
    }

    @Test
    @DisplayName("A fresh link, asked for where the old one is dead, leads back there")
    void leadsBackToTheDeadLink() {
        String address = "/edit/" + Links.fresh(Site.context(), somebody);
        Site.clock().advance(Duration.ofMinutes(16));

        assertThat(browser.form(address + "/resend", Map.of())
                        .html()
                        .select("main a[href=" + address + "], form[action=" + address + "/resend]"))
                .hasSize(2);
    }

    private static Elements ways(Answer page) {
        return page.html().select("main a[href], main form[method=post] button");
    }
}
