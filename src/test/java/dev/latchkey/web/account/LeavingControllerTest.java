package dev.latchkey.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.session.PageSession;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Browser;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LeavingControllerTest {
    private static final String PASSPHRASE = "seven quiet otters";

    private final Account somebody = People.somebody(Visitor.context());
    private final Browser browser = Visitor.signedIn(somebody);
    private final Api api = new Api(Visitor.server());

    @Test
    @DisplayName(
            "Whoever has just signed in with a mailed link closes their account with one button, and takes it back")
    void closesAndComesBack() {
        Answer page = browser.get("/account/delete");
        assertThat(page.html().select("h1").text()).isEqualTo("Delete your account");
        assertThat(page.html().select("#passphrase")).isEmpty();
        assertThat(page.text()).contains(somebody.email().value());
        assertThat(account().status()).isEqualTo(AccountStatus.ACTIVE);

        Answer closed = browser.ownForm("/account/delete", Map.of());

        assertThat(closed.status()).isEqualTo(303);
        assertThat(closed.header("Location")).isEqualTo("/account/closed");
        assertThat(browser.get("/account/closed").html().select("h1").text()).isEqualTo("Your account is closed");
        assertThat(browser.isSignedIn()).isFalse();
        assertThat(account().status()).isEqualTo(AccountStatus.CLOSED);
        assertThat(api.action(
                                "/api/update/init",
                                Map.of("email", somebody.email().value()))
                        .problem())
                .isEqualTo("user-not-found");
        assertThat(api.post("/auth/signup", Map.of("email", somebody.email().value(), "password", PASSPHRASE))
                        .problem())
                .isEqualTo("email-taken");

        String keep = "/keep/" + token();
        assertThat(browser.get(keep).html().select("h1").text()).isEqualTo("Reopen your account");
        assertThat(browser.form(keep, Map.of()).status()).isEqualTo(200);
        assertThat(api.post(keep, null).status()).isEqualTo(200);
        assertThat(account().status()).isEqualTo(AccountStatus.CLOSED);
        Answer kept = browser.form(keep, Map.of("keep", "yes"));
        assertThat(kept.status()).isEqualTo(303);
        Answer done = browser.get(kept.header("Location"));
        assertThat(done.html().select("h1").text()).isEqualTo("Your account is open again");
        assertThat(done.html().select("main a.button").attr("href")).isEqualTo("/account");
        assertThat(account().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(browser.isSignedIn()).isFalse();

        Answer again = browser.form(keep, Map.of("keep", "yes"));
        assertThat(again.status()).isEqualTo(410);
        assertThat(again.html().select("h1").text()).isEqualTo("Your account is open already");
        assertThat(again.header("Cache-Control")).isEqualTo("no-store");
        assertThat(again.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(again.header("X-Robots-Tag")).isEqualTo("noindex");
    }

    @Test
    @DisplayName("Later it takes the passphrase, and a wrong one closes nothing")
    @Asvs("7.5.1")
    void asksForThePassphraseLater() {
        setPassphrase();
        Visitor.clock().advance(PageSession.FRESH);
        Answer page = browser.get("/account/delete");
        assertThat(page.html().select("#passphrase")).hasSize(1);
        assertThat(page.html()
                        .select("form[action=/account/link/again] input[name=csrf]")
                        .val())
                .isEqualTo(browser.csrf());

        Answer empty = browser.ownForm("/account/delete", Map.of());
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.html().select("#passphrase-error").text()).contains("Enter your passphrase");
        Answer wrong = browser.ownForm("/account/delete", Map.of("passphrase", "wrong passphrase"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.html().select(".notice.bad a").attr("href")).isEqualTo("#passphrase");
        assertThat(wrong.text()).doesNotContain("wrong passphrase");
        assertThat(account().status()).isEqualTo(AccountStatus.ACTIVE);

        assertThat(browser.ownForm("/account/delete", Map.of("passphrase", PASSPHRASE))
                        .header("Location"))
                .isEqualTo("/account/closed");
    }

    @Test
    @DisplayName("Whoever has no passphrase is led to a fresh link")
    void leadsToAFreshLink() {
        Visitor.clock().advance(PageSession.FRESH);
        Answer page = browser.get("/account/delete");
        assertThat(page.html().select("form[action=/account/delete]")).isEmpty();
        assertThat(page.html().select("form[action=/account/link/again]")).hasSize(1);
        Answer refused = browser.ownForm("/account/delete", Map.of());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.html().select(".notice.bad a").attr("href")).isEqualTo("#owner-link");
        assertThat(refused.html().select("#owner-link")).hasSize(1);
        assertThat(account().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    @DisplayName("A form of another site closes nothing and leaves its victim signed in")
    void refusesAForeignForm() {
        assertThat(browser.form("/account/delete", Map.of("csrf", "guessed")).status())
                .isEqualTo(403);
        assertThat(browser.form("/account/delete", Map.of()).status()).isEqualTo(403);
        assertThat(account().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(browser.isSignedIn()).isTrue();
        assertThat(new Browser(Visitor.server())
                        .form("/account/delete", Map.of())
                        .header("Location"))
                .isEqualTo("/account");
    }

    @Test
    @DisplayName("An account whose address nobody confirmed is erased at once")
    void erasesWhatNobodyConfirmed() {
        Sql.run(Visitor.context(), "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + somebody.id() + "'");
        Answer page = browser.get("/account/delete");
        assertThat(page.html().select("main form button").eachText()).contains("Erase my account");
        assertThat(browser.ownForm("/account/delete", Map.of()).header("Location"))
                .isEqualTo("/account/erased");
        assertThat(browser.get("/account/erased").html().select("h1").text()).isEqualTo("Your account was deleted");
        assertThat(Visitor.context().getBean(Accounts.class).findById(somebody.id()))
                .isEmpty();
    }

    @Test
    @DisplayName("Links that take nothing back say why")
    void explainsDeadLinks() {
        for (String token : new String[] {"x", "0".repeat(56), "a%2Fb"}) {
            Answer unknown = browser.get("/keep/" + token);
            assertThat(unknown.status()).as(token).isEqualTo(404);
            assertThat(browser.form("/keep/" + token, Map.of("keep", "yes")).status())
                    .isEqualTo(404);
        }
        assertThat(browser.get("/keep/x").html().select("h1").text()).isEqualTo("This link doesn’t work");
        String cleaned = Visitor.context()
                .getBean(LinkTokens.class)
                .newLinkId(Visitor.clock().instant());
        Answer late = browser.get(
                "/keep/" + Visitor.context().getBean(LinkTokens.class).mint(cleaned, LinkPurpose.KEEP_ACCOUNT));
        assertThat(late.status()).isEqualTo(410);
        assertThat(late.html().select("h1").text()).isEqualTo("This account can’t be reopened any more");
    }

    private void setPassphrase() {
        Visitor.context()
                .getBean(Accounts.class)
                .updatePassphraseHash(
                        somebody.id(),
                        Visitor.context().getBean(Passphrases.class).hash(PASSPHRASE));
    }

    private Account account() {
        return Visitor.context().getBean(Accounts.class).findById(somebody.id()).orElseThrow();
    }

    private String token() {
        String linkId =
                Sql.text(Visitor.context(), "SELECT link_id FROM closures WHERE account_id = '" + somebody.id() + "'");
        return Visitor.context().getBean(LinkTokens.class).mint(linkId, LinkPurpose.KEEP_ACCOUNT);
    }
}
