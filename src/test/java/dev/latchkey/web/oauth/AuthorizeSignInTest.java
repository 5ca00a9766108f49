package dev.latchkey.web.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.oauth.client.PredefinedClients;
import dev.latchkey.support.Answer;
import dev.latchkey.support.People;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in for whoever is asked and not signed in. */
class AuthorizeSignInTest {
    private final Asked asked = new Asked();

    @Test
    @DisplayName("The page says who asks, and offers a mail or the passphrase")
    void offersTwoWays() {
        Answer page = asked.browser.get(Asked.address());
        Document html = page.html();
        assertThat(page.status()).isEqualTo(200);
        assertThat(html.select("h1").text()).isEqualTo("Sign in to decide");
        assertThat(html.select(".lead").text())
                .isEqualTo("client.example.com would like access to your account. Sign in to see what it"
                        + " may do, then decide.");
        assertThat(html.select("main .facts dd").text()).startsWith("client.example.com It calls itself");
        assertThat(html.select("form[method=post] input[name=identifier]")).hasSize(1);
        assertThat(html.select("form[method=post] input[name=passphrase]")).hasSize(1);
        assertThat(html.select("main form").eachAttr("action"))
                .allMatch(action -> action.startsWith("/oauth/authorize?")
                        && asked.browser.get(action).status() == 200);
        assertThat(page.header("Set-Cookie")).isEmpty();
    }

    @Test
    @DisplayName("The code of the mail, typed in the same browser, signs in and leads to the question")
    void signsInByCode() {
        Account ada = Asked.somebody();
        Asked.Mailed mailed = asked.mail(ada, Asked.address());
        Answer in = asked.browser.form(
                mailed.action(),
                mailed.typing(" " + mailed.code().toLowerCase(Locale.ROOT).replace("-", " ")));
        assertThat(in.status()).isEqualTo(303);
        Answer question = asked.browser.get(in.header("Location"));
        assertThat(question.html().select("h1").text()).isEqualTo("Give this assistant access?");
        assertThat(question.text()).contains(ada.email().value());
        Answer again = new Asked().browser.form(mailed.action(), mailed.typing(mailed.code()));
        assertThat(again.status()).isEqualTo(410);
        assertThat(again.header("Set-Cookie")).isEmpty();
    }

    @Test
    @DisplayName("A wrong code keeps the page and says how many tries are left; after five the mail is worth nothing")
    void endsAfterFiveWrongCodes() {
        Asked.Mailed mailed = asked.mail(Asked.somebody(), Asked.address());
        for (int left = 4; left > 0; left--) {
            Answer wrong = asked.browser.form(mailed.action(), mailed.typing("0000000" + left));
            assertThat(wrong.status()).isEqualTo(422);
            Document html = wrong.html();
            assertThat(html.title()).startsWith("Error: ");
            assertThat(html.select("[role=alert] a[href=#code]").text())
                    .isEqualTo("This isn’t the code in the email. Tries left: " + left);
            assertThat(html.select("#code").attr("aria-invalid")).isEqualTo("true");
            assertThat(html.select("#code").attr("value")).isEmpty();
            assertThat(html.select("input[name=request]").attr("value")).isEqualTo(mailed.request());
            assertThat(html.select(".phrase").text()).matches("[a-z]+ [a-z]+");
        }
        Answer last = asked.browser.form(mailed.action(), mailed.typing("00000000"));
        assertThat(last.status()).isEqualTo(410);
        assertThat(last.html().select("[role=alert] h2").text()).isEqualTo("This code doesn’t work any more");
        assertThat(last.html().select("input[name=identifier]")).hasSize(1);
        assertThat(asked.browser
                        .form(mailed.action(), mailed.typing(mailed.code()))
                        .status())
                .isEqualTo(410);
        Answer link = asked.browser.get(mailed.link());
        assertThat(link.status()).isEqualTo(410);
        assertThat(link.html().select("h1").text()).isEqualTo("This link was withdrawn");
    }

    @Test
    @DisplayName("An empty code costs no try")
    void asksForTheCode() {
        Asked.Mailed mailed = asked.mail(Asked.somebody(), Asked.address());
        for (int i = 0; i < 6; i++) {
            Answer empty = asked.browser.form(mailed.action(), mailed.typing(" "));
            assertThat(empty.status()).isEqualTo(422);
            assertThat(empty.html().select("[role=alert] a").text()).isEqualTo("Enter the code from the email");
        }
        assertThat(asked.browser
                        .form(mailed.action(), mailed.typing(mailed.code()))
                        .status())
                .isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "0190f6d6-3f3c-7b1c-8000-000000000000"})
    @DisplayName("A code for a request that never was does nothing")
    void knowsItsRequests(String request) {
        Answer page = asked.browser.form(Asked.address(), Map.of("request", request, "code", "00000000"));
        assertThat(page.status()).isEqualTo(410);
        assertThat(page.header("Set-Cookie")).isEmpty();
    }

    @Test
    @DisplayName("A code is good only where it was asked for")
    void isBoundToWhatWasAsked() {
        Asked.Mailed mailed = asked.mail(Asked.somebody(), Asked.address());
        String elsewhere = Asked.address(PredefinedClients.REDIRECT, "&scope=profile:read");
        assertThat(asked.browser.form(elsewhere, mailed.typing(mailed.code())).status())
                .isEqualTo(410);
        assertThat(asked.browser
                        .form(mailed.action(), mailed.typing(mailed.code()))
                        .status())
                .isEqualTo(303);
    }

    @Test
    @DisplayName("Nobody learns who has an account: not from the page, not from codes")
    void tellsNobodyWhoHasAnAccount() {
        String known = guessing(Asked.somebody().email().value());
        assertThat(guessing("nobody.to.let.in@example.org")).isEqualTo(known);
        assertThat(guessing(People.somebody(Asked.context(), AccountStatus.BLOCKED)
                        .email()
                        .value()))
                .isEqualTo(known);
        assertThat(guessing(People.somebody(Asked.context(), AccountStatus.CLOSED)
                        .email()
                        .value()))
                .isEqualTo(known);
        Answer again = asked.browser.form(Asked.address(), Map.of("identifier", "nobody.to.let.in@example.org"));
        assertThat(again.status()).isEqualTo(429);
        assertThat(again.header("Retry-After")).isNotEmpty();
        Document wait = again.html();
        assertThat(wait.select("form:has(#again)").attr("action")).startsWith("/oauth/authorize?");
        Answer corrected = asked.browser.form(
                Asked.address(), Map.of("identifier", "nobody.to.let.in@example.org", "do", "correct"));
        assertThat(corrected.html().select("h1").text()).isEqualTo("Sign in to decide");
        assertThat(corrected.html().select("#identifier").val()).isEqualTo("nobody.to.let.in@example.org");
    }

    /** All that is told on the way to the end of a request. */
    private String guessing(String identifier) {
        Answer page = asked.browser.form(Asked.address(), Map.of("identifier", identifier));
        assertThat(page.status()).isEqualTo(200);
        String request = page.html().expectFirst("input[name=request]").attr("value");
        StringBuilder told = new StringBuilder(told(page));
        for (int i = 0; i < 6; i++) {
            Answer guess = asked.browser.form(
                    Asked.address(), Map.of("request", request, "identifier", identifier, "code", "0000000Z"));
            told.append(guess.status()).append(told(guess));
        }
        return told.toString().replace(identifier, "what was typed");
    }

    private static String told(Answer page) {
        Document html = page.html();
        html.select(".phrase, input[name=request]").remove();
        return html.body().html();
    }

    @Test
    @DisplayName("Address and passphrase sign in without any mail, behind the same limits as elsewhere")
    void signsInByPassphrase() {
        Account ada = Asked.somebody();
        String email = ada.email().value();
        for (int i = 0; i < 5; i++) {
            Answer wrong = asked.browser.form(Asked.address(), Map.of("email", email, "passphrase", "wrong " + i));
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.html().select("[role=alert] a[href=#passphrase]").text())
                    .startsWith("This email address and passphrase don’t match");
            assertThat(wrong.html().select("#email").attr("value")).isEqualTo(email);
            assertThat(wrong.text()).doesNotContain("wrong " + i);
        }
        Answer slow = asked.browser.form(Asked.address(), Map.of("email", email, "passphrase", Asked.PASSPHRASE));
        assertThat(slow.status()).isEqualTo(429);
        assertThat(slow.header("Retry-After")).isEqualTo("1");
        Asked.clock().advance(Duration.ofSeconds(2));
        assertThat(asked.browser
                        .get(asked.signIn(ada, Asked.address()))
                        .html()
                        .select("h1")
                        .text())
                .isEqualTo("Give this assistant access?");
    }

    @Test
    void saysWhatIsMissing() {
        Answer nothing = asked.browser.form(Asked.address(), Map.of("identifier", "12345"));
        assertThat(nothing.status()).isEqualTo(422);
        assertThat(nothing.html().select("[role=alert] a[href=#identifier]").text())
                .isEqualTo("Enter all nine digits of your PIN, or your email address");
        assertThat(nothing.html().select("#identifier").attr("value")).isEqualTo("12345");
        Answer empty = asked.browser.form(Asked.address(), Map.of("email", "", "passphrase", ""));
        assertThat(empty.html().select("[role=alert] a").eachText())
                .containsExactly("Enter your email address", "Enter your passphrase");
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site,cross-site", "Sec-Fetch-Site,same-site", "Origin,https://evil.example"})
    @DisplayName("A form of another site signs nobody in, mails nothing and tries no code (login CSRF)")
    void refusesFormsOfOtherSites(String header, String value) {
        Account ada = Asked.somebody();
        Asked.Mailed mailed = asked.mail(ada, Asked.address());
        String email = ada.email().value();
        for (Map<String, String> form : List.of(
                Map.of("email", email, "passphrase", Asked.PASSPHRASE),
                Map.of("identifier", email),
                mailed.typing(mailed.code()))) {
            Answer foreign = asked.browser.form(mailed.action(), form, header, value);
            assertThat(foreign.status()).isEqualTo(403);
            assertThat(foreign.header("Set-Cookie")).isEmpty();
            assertThat(foreign.html().select("[role=alert] h2").text()).isEqualTo("Nobody was signed in");
        }
        assertThat(asked.browser
                        .form(mailed.action(), mailed.typing(mailed.code()))
                        .status())
                .isEqualTo(303);
    }

    @Test
    @DisplayName("Whoever is signed in already is signed out by signing in as somebody else (session fixation)")
    void endsTheSessionOfBefore() {
        Account ada = Asked.somebody();
        asked.signIn(ada, Asked.address());
        String before = asked.browser.cookie();
        String question = asked.signIn(Asked.somebody(), Asked.address());
        assertThat(asked.browser.cookie()).isNotEqualTo(before);
        assertThat(asked.browser.get(question).text())
                .doesNotContain(ada.email().value());
        asked.browser.plant("latchkey", before);
        assertThat(asked.browser.isSignedIn()).isFalse();
    }
}
