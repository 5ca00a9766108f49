package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.People;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandingControllerTest {
    private final Api browser = Site.browser();

    @Test
    void saysWhatThisIsAndHasOneForm() {
        Answer page = browser.get("/");
        assertThat(page.status()).isEqualTo(200);
        Document html = page.html();
        assertThat(html.select("html").attr("lang")).isEqualTo("en");
        assertThat(html.select("html").attr("dir")).isEqualTo("ltr");
        assertThat(html.select("h1").text()).isEqualTo("Edit your profile straight from the chat");
        assertThat(html.select("form[method=post][action=/link][novalidate]")).hasSize(1);
        assertThat(html.select("label[for=identifier]").text()).isEqualTo("Email address or PIN");
        assertThat(html.select("[role=alert]")).isEmpty();
    }

    @Test
    void answersAlikeWhetherOrNotTheAccountExists() {
        Account somebody = People.somebody(Site.context());
        Account blocked = People.somebody(Site.context(), AccountStatus.BLOCKED);
        String known = sent(somebody.email().value());
        assertThat(sent("nobody.at.all@example.org")).isEqualTo(known);
        assertThat(sent("899999999")).isEqualTo(known);
        assertThat(sent(blocked.email().value())).isEqualTo(known);
    }

    @Test
    void takesAPinWithSpaces() {
        String pin = Integer.toString(People.somebody(Site.context()).pin());
        sent(" " + pin.substring(0, 3) + " " + pin.substring(3, 6) + " " + pin.substring(6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                  | Enter your email address or your PIN
            '  '                | Enter your email address or your PIN
            ada@                | Enter an email address in the usual form, like name@example.com
            "Ada" <a@b.example> | Enter an email address in the usual form, like name@example.com
            12345               | Enter all nine digits of your PIN, or your email address
            0123456789          | Enter all nine digits of your PIN, or your email address
            """)
    void showsTheFormAgainForWhatIsNeither(String typed, String error) {
        Answer page = browser.form("/link", Map.of("identifier", typed));
        assertThat(page.status()).isEqualTo(422);
        Document html = page.html();
        assertThat(html.title()).startsWith("Error: ");
        assertThat(html.select("[role=alert] a[href=#identifier]").text()).isEqualTo(error);
        Element input = html.expectFirst("input#identifier");
        assertThat(input.attr("value")).isEqualTo(typed);
        assertThat(input.attr("aria-invalid")).isEqualTo("true");
        assertThat(input.attr("aria-describedby")).contains("identifier-error");
        assertThat(html.select("#identifier-error").text()).isEqualTo("Error: " + error);
    }

    @Test
    void asksToWaitAlikeWhetherOrNotTheAccountExists() {
        String known = People.somebody(Site.context()).email().value();
        sent(known);
        sent("nobody.else@example.org");
        Answer page = browser.form("/link", Map.of("identifier", known));
        assertThat(page.status()).isEqualTo(429);
        assertThat(page.header("Retry-After")).isEqualTo("60");
        assertThat(page.html().select("h1").text()).isEqualTo("Please wait a moment");
        assertThat(browser.form("/link", Map.of("identifier", "nobody.else@example.org"))
                        .text())
                .isEqualTo(page.text());
    }

    @Test
    void refusesABodyThatIsNoForm() {
        Answer page = browser.get("/link");
        assertThat(page.status()).isEqualTo(405);
        assertThat(browser.form("/link", Map.of()).status()).isEqualTo(422);
    }

    /** The page after asking, without the two words, which are random. */
    private String sent(String typed) {
        Answer page = browser.form("/link", Map.of("identifier", typed));
        assertThat(page.status()).isEqualTo(200);
        Document html = page.html();
        assertThat(html.select("h1").text()).isEqualTo("Check your email");
        Element phrase = html.expectFirst(".phrase");
        assertThat(phrase.text()).matches("[a-z]+ [a-z]+");
        phrase.text("");
        return html.html();
    }
}
