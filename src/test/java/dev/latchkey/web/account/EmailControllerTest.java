package dev.latchkey.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
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
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailControllerTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String PASSPHRASE = "seven quiet otters";

    private final Account somebody = People.somebody(Visitor.context());
    private final Browser browser = Visitor.signedIn(somebody);
    private final String to = "moved" + NUMBER.incrementAndGet() + "@example.net";

    @Test
    @DisplayName("The new mailbox decides: until its button is pressed nothing changes")
    void movesWhenTheNewMailboxSaysSo() {
        Answer asked = browser.ownForm("/account/email", Map.of("to", to));
        assertThat(asked.status()).isEqualTo(303);
        Answer page = browser.get(asked.header("Location"));
        assertThat(page.html().select(".notice bdi").text()).isEqualTo(to);
        assertThat(account().email()).isEqualTo(somebody.email());

        String link = "/email/" + token();
        Browser other = new Browser(Visitor.server());
        Answer shown = other.get(link);
        assertThat(shown.html().select("dd").eachText())
                .containsExactly(somebody.email().value(), to);
        assertThat(other.form(link, Map.of()).status()).isEqualTo(200);
        assertThat(other.form(link, Map.of("move", "no")).status()).isEqualTo(200);
        assertThat(account().email()).isEqualTo(somebody.email());

        Answer moved = other.form(link, Map.of("move", "yes"));
        assertThat(moved.status()).isEqualTo(303);
        Answer done = other.get(moved.header("Location"));
        assertThat(done.html().select("h1").text()).isEqualTo("Your email address was changed");
        assertThat(account().email()).isEqualTo(new EmailAddress(to));
        Answer again = other.form(link, Map.of("move", "yes"));
        assertThat(again.status()).isEqualTo(410);
        assertThat(again.html().select("h1").text()).isEqualTo("This address is confirmed already");
        assertThat(again.header("X-Robots-Tag")).isEqualTo("noindex");
        assertThat(browser.get("/account/email").html().select(".facts bdi").text())
                .isEqualTo(to);
    }

    @Test
    @DisplayName("A client with nothing to say but yes needs no form")
    void movesForAClientWithoutAForm() {
        browser.ownForm("/account/email", Map.of("to", to));
        assertThat(Api.browser(Visitor.server()).post("/email/" + token(), null).status())
                .isEqualTo(303);
        assertThat(account().email()).isEqualTo(new EmailAddress(to));
    }

    @Test
    @DisplayName("An address that somebody has gets the same answer, and its account stays where it is")
    void tellsNobodyWhetherAnAddressIsTaken() {
        Account owner = People.somebody(Visitor.context());
        Answer free = browser.ownForm("/account/email", Map.of("to", to));
        Answer freePage = browser.get("/account/email");
        Visitor.clock().advance(Duration.ofMinutes(2));
        Answer taken =
                browser.ownForm("/account/email", Map.of("to", owner.email().value()));
        assertThat(taken.status()).isEqualTo(free.status());
        assertThat(taken.header("Location")).isEqualTo(free.header("Location"));
        assertThat(browser.get("/account/email").text().replace(owner.email().value(), to))
                .isEqualTo(freePage.text());

        Answer refused = browser.form("/email/" + token(), Map.of("move", "yes"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.html().select("h1").text()).isEqualTo("Another account uses this email address");
        assertThat(account().email()).isEqualTo(somebody.email());
    }

    @ParameterizedTest
    @DisplayName("What cannot be an address is refused and kept in the form")
    @CsvSource({
        "'',Enter your new email address",
        "nobody,'Enter an email address in the correct format, like name@example.com'",
        "'a@b.example, c@d.example','Enter an email address in the correct format, like name@example.com'"
    })
    void refusesWhatIsNoAddress(String typed, String error) {
        Answer refused = browser.ownForm("/account/email", Map.of("to", typed));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.html().select("#to").val()).isEqualTo(typed);
        assertThat(refused.html().select("#to-error span").last().text()).isEqualTo(error);
        assertThat(refused.html().title()).startsWith("Error:");
    }

    @Test
    @DisplayName("The address that the account has is refused")
    void refusesTheSameAddress() {
        Answer refused = browser.ownForm(
                "/account/email", Map.of("to", somebody.email().value().toUpperCase()));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.html().select("#to-error").text()).contains("Your account has this address already");
    }

    @Test
    @DisplayName("Later it takes the passphrase; all that is wrong is said at once")
    @Asvs("7.5.1")
    void asksForThePassphraseLater() {
        Visitor.context()
                .getBean(Accounts.class)
                .updatePassphraseHash(
                        somebody.id(),
                        Visitor.context().getBean(Passphrases.class).hash(PASSPHRASE));
        Visitor.clock().advance(PageSession.FRESH);
        Answer empty = browser.ownForm("/account/email", Map.of("to", "nobody"));
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.html().select(".notice.bad a").eachAttr("href")).containsExactly("#to", "#passphrase");
        Answer wrong = browser.ownForm("/account/email", Map.of("to", to, "passphrase", "wrong passphrase"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.html().select("#to").val()).isEqualTo(to);
        assertThat(wrong.html().select("#passphrase").val()).isEmpty();
        assertThat(browser.ownForm("/account/email", Map.of("to", to, "passphrase", PASSPHRASE))
                        .status())
                .isEqualTo(303);
        Answer soon = browser.ownForm("/account/email", Map.of("to", to, "passphrase", PASSPHRASE));
        assertThat(soon.status()).isEqualTo(429);
        assertThat(Long.parseLong(soon.header("Retry-After"))).isBetween(1L, 60L);
        assertThat(soon.html().select("#to-error").text()).contains("Too many emails");
    }

    @Test
    @DisplayName("A form of another site asks for nothing")
    void refusesAForeignForm() {
        assertThat(browser.form("/account/email", Map.of("to", to)).status()).isEqualTo(403);
        assertThat(Sql.count(
                        Visitor.context(),
                        "SELECT count(*) FROM email_moves WHERE account_id = '" + somebody.id() + "'"))
                .isZero();
        assertThat(new Browser(Visitor.server()).get("/account/email").header("Location"))
                .isEqualTo("/account");
    }

    @Test
    @DisplayName("Links that move nothing say why")
    void explainsDeadLinks() {
        for (String token : new String[] {"x", "0".repeat(56), "a%2Fb"}) {
            assertThat(browser.get("/email/" + token).status()).as(token).isEqualTo(404);
            assertThat(browser.form("/email/" + token, Map.of("move", "yes")).status())
                    .isEqualTo(404);
        }
        browser.ownForm("/account/email", Map.of("to", to));
        String first = token();
        Visitor.clock().advance(Duration.ofMinutes(2));
        browser.ownForm("/account/email", Map.of("to", "other." + to));
        Answer revoked = browser.get("/email/" + first);
        assertThat(revoked.status()).isEqualTo(410);
        assertThat(revoked.html().select("h1").text()).isEqualTo("This link was withdrawn");
        assertThat(revoked.html().select("main a.button").attr("href")).isEqualTo("/account/email");
        String purpose = Visitor.context().getBean(LinkTokens.class).mint(linkId(), LinkPurpose.KEEP_ACCOUNT);
        assertThat(browser.get("/email/" + purpose).status()).isEqualTo(404);
    }

    private Account account() {
        return Visitor.context().getBean(Accounts.class).findById(somebody.id()).orElseThrow();
    }

    private String token() {
        return Visitor.context().getBean(LinkTokens.class).mint(linkId(), LinkPurpose.CHANGE_EMAIL);
    }

    private String linkId() {
        return Sql.text(
                Visitor.context(),
                "SELECT link_id FROM email_moves WHERE state = 'OPEN' AND account_id = '" + somebody.id() + "'");
    }
}
