package dev.latchkey.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.session.AccessTokenService;
import dev.latchkey.session.Bearer;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Browser;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SignInLinkControllerTest {
    private final Account ada = People.somebody(Visitor.context());
    private final Browser browser = new Browser(Visitor.server());

    @Test
    @DisplayName("The mailed link shows one button, and the button signs in with this browser")
    void signsInWithOneButton() {
        String link = Visitor.mailedLink(ada);
        Answer page = browser.get(link);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Set-Cookie")).isEmpty();
        Document html = page.html();
        assertThat(html.select("main button")).hasSize(1);
        assertThat(html.select("button[name=do]").text()).isEqualTo("Sign in");
        assertThat(html.select("input[name=existing]")).isEmpty();
        Answer in = browser.form(link, Visitor.PRESSED);
        assertThat(in.status()).isEqualTo(303);
        assertThat(in.header("Location")).isEqualTo("/account");
        assertThat(browser.get("/account").text()).contains(ada.email().value());
    }

    @Test
    @DisplayName("Neither looking, nor a form without the button's value, nor one of another site signs anybody in")
    @Asvs({"3.5.3", "7.6.2"})
    void isNotUsedByScanners() {
        String link = Visitor.mailedLink(ada);
        Api scanner = Api.browser(Visitor.server());
        assertThat(scanner.get(link).status()).isEqualTo(200);
        assertThat(scanner.send("HEAD", link, null).status()).isEqualTo(200);
        for (Answer sent : List.of(
                scanner.form(link, ""),
                scanner.form(link, Map.of("do", "")),
                scanner.form(link, Map.of("existing", "keep")),
                scanner.post(link, null),
                scanner.post(link, "{}"),
                scanner.form(link, Visitor.PRESSED, "Sec-Fetch-Site", "cross-site"))) {
            assertThat(sent.status()).isEqualTo(200);
            assertThat(sent.header("Set-Cookie")).isEmpty();
        }
        assertThat(browser.form(link, Visitor.PRESSED).status()).isEqualTo(303);
    }

    @Test
    @DisplayName("A link that was used explains itself and mails a fresh one to the same mailbox")
    void explainsALinkThatWasUsed() {
        String link = Visitor.mailedLink(ada);
        browser.form(link, Visitor.PRESSED);
        Answer dead = new Browser(Visitor.server()).get(link);
        assertThat(dead.status()).isEqualTo(410);
        assertThat(dead.html().select("h1").text()).isEqualTo("This link was used");
        assertThat(dead.text()).contains("Each link signs you in once.");
        Visitor.clock().advance(Duration.ofSeconds(61));
        Answer again = browser.form(link + "/resend", Map.of());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).contains("A fresh link is on its way");
    }

    @Test
    void explainsALinkThatRanOutOrWasNeverThere() {
        String link = Visitor.mailedLink(ada);
        Visitor.clock().advance(Duration.ofMinutes(15));
        Answer late = browser.form(link, Visitor.PRESSED);
        assertThat(late.status()).isEqualTo(410);
        assertThat(late.text()).contains("signs you in for a short time only");
        Answer unknown = browser.get(link.substring(0, link.length() - 1));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.html().select("main form").eachAttr("action")).containsExactly("/account/link");
        assertThat(browser.form(link.substring(0, link.length() - 1) + "/resend", Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("A link that edits does not sign in, and one that signs in does not edit")
    void isForSigningInAlone() {
        String token = Visitor.mailedLink(ada).substring("/account/in/".length());
        assertThat(browser.get("/edit/" + token).status()).isEqualTo(404);
        assertThat(browser.get("/confirm/" + token).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("Using one link ends the other sign-in links of the account")
    void endsTheOtherLinks() {
        String one = Visitor.mailedLink(ada);
        String other = Visitor.mailedLink(ada);
        browser.form(one, Visitor.PRESSED);
        assertThat(browser.get(other).status()).isEqualTo(410);
        assertThat(browser.get(other).html().select("h1").text()).isEqualTo("This link was withdrawn");
    }

    @Test
    @DisplayName("Of many that press the button at once, one is signed in")
    void signsInOnce() throws Exception {
        String link = Visitor.mailedLink(ada);
        List<Integer> answers = Race.of(
                16,
                () -> new Browser(Visitor.server()).form(link, Visitor.PRESSED).status());
        assertThat(answers).filteredOn(status -> status == 303).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 410).hasSize(15);
    }

    @Test
    @DisplayName("The first proof of the mailbox confirms the account; a passphrase from before dies unless it is kept")
    void provesTheMailbox() {
        Account unproven = unproven();
        String token = token(unproven);
        String link = Visitor.mailedLink(unproven);
        assertThat(browser.get(link).html().select("input[name=existing]")).hasSize(2);
        browser.form(link, Visitor.PRESSED);
        Account now = find(unproven);
        assertThat(now.verified()).isTrue();
        assertThat(now.passphraseHash()).isNull();
        assertThat(inspect(token)).isEqualTo(new Bearer.Invalid());
        assertThat(browser.isSignedIn()).isTrue();
    }

    @Test
    @DisplayName("The page gives no answer for its reader, and asks again where it was overlooked")
    void asksAgain() {
        Account unproven = unproven();
        String link = Visitor.mailedLink(unproven);
        assertThat(browser.get(link).html().select("input[checked]")).isEmpty();
        Answer again = browser.form(link, Map.of("do", "sign-in", "asked", "existing"));
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.html().select("[role=alert] a").attr("href")).isEqualTo("#existing");
        assertThat(find(unproven).verified()).isFalse();
        browser.form(link, Map.of("do", "sign-in", "asked", "existing", "existing", "keep"));
        assertThat(find(unproven).passphraseHash()).isEqualTo(unproven.passphraseHash());
        assertThat(browser.isSignedIn()).isTrue();
    }

    @Test
    void keepsThePassphraseThatIsTheirs() {
        Account unproven = unproven();
        String token = token(unproven);
        browser.form(Visitor.mailedLink(unproven), Map.of("do", "sign-in", "existing", "keep"));
        Account now = find(unproven);
        assertThat(now.verified()).isTrue();
        assertThat(now.passphraseHash()).isEqualTo(unproven.passphraseHash());
        assertThat(inspect(token)).isInstanceOf(Bearer.SignedIn.class);
    }

    @Test
    void aBlockedAccountsLinkIsUnknown() {
        String link = Visitor.mailedLink(ada);
        Browser signedIn = Visitor.signedIn(ada);
        Sql.run(Visitor.context(), "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + ada.id() + "'");
        assertThat(browser.get(link).status()).isEqualTo(404);
        assertThat(browser.form(link, Visitor.PRESSED).status()).isEqualTo(404);
        assertThat(browser.form(link + "/resend", Map.of()).status()).isEqualTo(404);
        assertThat(signedIn.isSignedIn()).isFalse();
    }

    private static Account unproven() {
        Account somebody = People.somebody(Visitor.context());
        Sql.run(
                Visitor.context(),
                "UPDATE accounts SET email_verified_at = NULL, passphrase_hash = 'no hash of anything'"
                        + " WHERE id = '" + somebody.id() + "'");
        return find(somebody);
    }

    private static Account find(Account account) {
        return Visitor.context().getBean(Accounts.class).findById(account.id()).orElseThrow();
    }

    private static String token(Account account) {
        return Visitor.context()
                .getBean(AccessTokenService.class)
                .issue(account, "")
                .orElseThrow()
                .text();
    }

    private static Bearer inspect(String token) {
        return Visitor.context().getBean(AccessTokenService.class).inspect(token);
    }
}
