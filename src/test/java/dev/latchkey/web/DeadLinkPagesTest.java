package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import java.time.Duration;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLinkPagesTest {
    private final Api browser = Site.browser();
    private final Account somebody = People.somebody(Site.context());
    private final String token = Links.fresh(Site.context(), somebody);

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%22%3E%3Cscript%3E", "caf%C3%A9"})
    @DisplayName("Whoever comes with a link that was never issued is told kindly, and asks for one right there")
    void explainsWhatWasNeverIssuedAndTakesWhoeverAsks(String forged) {
        Answer page = browser.get("/edit/" + forged);
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.html().select("h1").text()).isEqualTo("This link doesn’t work");
        assertThat(page.html().select("main form").eachAttr("action")).containsExactly("/link");
        assertThat(page.html().select("main form input").eachAttr("name")).containsExactly("identifier");
        assertThat(page.html().select("main").text()).doesNotContain("restored");
        assertThat(browser.get("/edit/" + forged + "/saved").status()).isEqualTo(404);
        assertThat(browser.form("/edit/" + forged, Map.of("bio", "x")).status()).isEqualTo(404);
        assertThat(browser.form("/edit/" + forged + "/resend", Map.of()).status())
                .isEqualTo(404);
    }

    @Test
    void explainsAnExpiredLinkAndMailsAFreshOne() {
        Site.clock().advance(Duration.ofMinutes(15));
        Answer page = browser.get("/edit/" + token);
        assertThat(page.status()).isEqualTo(410);
        assertThat(page.html().select("h1").text()).isEqualTo("This link has expired");
        Element form = page.html().expectFirst("main form[method=post]");
        assertThat(form.attr("action")).isEqualTo("/edit/" + token + "/resend");
        Answer sent = browser.form(form.attr("action"), Map.of());
        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.html().select("h1").text()).isEqualTo("Check your email");
        assertThat(sent.text()).doesNotContain(somebody.email().value());
        Answer soon = browser.form(form.attr("action"), Map.of());
        assertThat(soon.status()).isEqualTo(429);
        assertThat(soon.header("Retry-After")).isEqualTo("60");
    }

    @Test
    void keepsWhatWasTypedIntoALinkThatExpiredMeanwhile() {
        Site.clock().advance(Duration.ofMinutes(15));
        Answer page = browser.form("/edit/" + token, Map.of("bio", "A long story", "passphrase", "seven quiet otters"));
        assertThat(page.status()).isEqualTo(410);
        assertThat(page.html().select("textarea[readonly]").text()).isEqualTo("A long story");
        assertThat(page.text()).doesNotContain("otters");
    }

    @Test
    void explainsAUsedLinkWithWhenAndWhat() {
        assertThat(browser.form("/edit/" + token, Map.of("name", "Ada")).status())
                .isEqualTo(303);
        Answer page = browser.get("/edit/" + token);
        assertThat(page.status()).isEqualTo(410);
        Document html = page.html();
        assertThat(html.select("h1").text()).isEqualTo("This link was used");
        assertThat(html.select("time").attr("datetime"))
                .isEqualTo(Site.clock().instant().toString());
        assertThat(html.select("time").text()).endsWith(" UTC");
        assertThat(html.select(".changed li").eachText()).containsExactly("Name");
        assertThat(html.select("main form button").text()).isEqualTo("Send me a fresh link");
    }

    @Test
    void explainsALinkThatAnotherOneWithdrew() {
        Site.clock().advance(Duration.ofMinutes(1));
        String newer = Links.fresh(Site.context(), somebody);
        assertThat(browser.form("/edit/" + newer, Map.of("name", "Ada")).status())
                .isEqualTo(303);
        Answer page = browser.get("/edit/" + token);
        assertThat(page.status()).isEqualTo(410);
        assertThat(page.html().select("h1").text()).isEqualTo("This link was withdrawn");
        assertThat(browser.get("/edit/" + token + "/saved").status()).isEqualTo(410);
    }

    @Test
    void leadsFromSavedBackToTheFormWhileNothingIsSaved() {
        Answer page = browser.get("/edit/" + token + "/saved");
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.header("Location")).isEqualTo("/edit/" + token);
    }
}
