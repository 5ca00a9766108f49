package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.People;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(sent("899999999"))
                .isEqualTo(sent(Integer.toString(People.somebody(Site.context()).pin())))
                .isEqualTo(known);
        assertThat(sent(blocked.email().value())).isEqualTo(known);
    }

    @ParameterizedTest
    @DisplayName("A PIN is understood in digits of any script, with spaces or dashes in it")
    @ValueSource(
            strings = {
                " 123 456 789 ",
                "123-456-789",
                "123\u00a0456\u2011789",
                "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
                "\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9",
                "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19"
            })
    void takesAPinAsPeopleTypeIt(String typed) {
        assertThat(new Identifier(typed).subject()).contains(new Subject.ByPin(new Pin(123_456_789)));
    }

    @ParameterizedTest
    @DisplayName("An address is understood with spaces around it, and from keyboards that write wide letters")
    @ValueSource(
            strings = {" ada@example.com\u3000", "ada\uff20example.com", "\uff41\uff44\uff41\uff20example\uff0ecom"})
    void takesAnAddressAsPeopleTypeIt(String typed) {
        assertThat(new Identifier(typed).subject())
                .contains(new Subject.ByEmail(
                        EmailAddress.parse("ada@example.com").orElseThrow()));
    }

    @ParameterizedTest
    @DisplayName("What might mean two things is not guessed at")
    @ValueSource(strings = {"12345678\u00bd", "ada@example.com, bob@example.com", "ada @example.com", "a-d-a"})
    void guessesNothing(String typed) {
        assertThat(new Identifier(typed).subject()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                  | Enter your email address or your PIN
            '  '                | Enter your email address or your PIN
            ada@                | Enter an email address in the correct format, like name@example.com
            "Ada" <a@b.example> | Enter an email address in the correct format, like name@example.com
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
                        .text()
                        .replace("nobody.else@example.org", known))
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
        assertThat(html.select("input[name=identifier]"))
                .hasSize(2)
                .allMatch(input -> input.val().equals(typed));
        assertThat(html.expectFirst(".facts bdi").text()).isEqualTo(typed);
        return html.html().replace(typed, "what was typed");
    }
}
