package dev.latchkey.web.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.oauth.client.PredefinedClients;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Sql;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizeLinkControllerTest {
    private static final Map<String, String> PRESSED = Map.of("do", "sign-in");

    private final Asked asked = new Asked();
    private final Account ada = Asked.somebody();

    @Test
    @DisplayName("The link says who asks and signs in with the browser in front of one, where the question follows")
    void leadsToTheQuestion() {
        Asked.Mailed mailed = asked.mail(ada, Asked.address());
        Asked elsewhere = new Asked();
        Answer page = elsewhere.browser.get(mailed.link());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html().select("h1").text()).isEqualTo("Sign in to decide");
        assertThat(page.html().text())
                .contains("client.example.com would like access to your account.")
                .contains(ada.email().value());
        assertThat(page.header("Set-Cookie")).isEmpty();
        Answer in = elsewhere.browser.form(mailed.link(), PRESSED);
        assertThat(in.status()).isEqualTo(303);
        assertThat(in.header("Location")).isEqualTo(mailed.action());
        assertThat(elsewhere
                        .browser
                        .get(in.header("Location"))
                        .html()
                        .select("h1")
                        .text())
                .isEqualTo("Give this assistant access?");
        assertThat(asked.browser.isSignedIn()).isFalse();
    }

    @Test
    void saysWhereAnAppOnADeviceAsks() {
        Asked.Mailed mailed = asked.mail(ada, Asked.address(PredefinedClients.APP, ""));
        assertThat(asked.browser.get(mailed.link()).html().select(".lead").text())
                .startsWith("An app on a computer or phone would like access to your account.");
    }

    @ParameterizedTest
    @CsvSource({"do, anything", "other, sign-in", "do, ''"})
    @DisplayName("Scanners that post forms sign nobody in, and use nothing up")
    void needsItsButton(String name, String value) {
        Asked.Mailed mailed = asked.mail(ada, Asked.address());
        for (int i = 0; i < 2; i++) {
            Answer scanned = asked.browser.form(mailed.link(), Map.of(name, value));
            assertThat(scanned.status()).isEqualTo(200);
            assertThat(scanned.header("Set-Cookie")).isEmpty();
        }
        assertThat(asked.browser.form(mailed.link(), PRESSED).status()).isEqualTo(303);
    }

    @Test
    @DisplayName("A form of another site signs nobody in (login CSRF)")
    void refusesFormsOfOtherSites() {
        Asked.Mailed mailed = asked.mail(ada, Asked.address());
        Answer foreign = asked.browser.form(mailed.link(), PRESSED, "Sec-Fetch-Site", "cross-site");
        assertThat(foreign.status()).isEqualTo(200);
        assertThat(foreign.header("Set-Cookie")).isEmpty();
        assertThat(asked.browser.isSignedIn()).isFalse();
    }

    @Test
    @DisplayName("A link that was used, or ran out, or never was, says so and how to go on")
    void explainsDeadLinks() {
        Asked.Mailed used = asked.mail(ada, Asked.address());
        asked.browser.form(used.link(), PRESSED);
        dead(asked.browser.get(used.link()), 410, "This link was used");
        dead(asked.browser.form(used.link(), PRESSED), 410, "This link was used");

        Asked.Mailed late = asked.mail(ada, Asked.address());
        Asked.clock().advance(Duration.ofMinutes(16));
        Answer expired = asked.browser.form(late.link(), PRESSED);
        dead(expired, 410, "This link has expired");
        assertThat(expired.html().select(".lead").text()).contains("Go back to your assistant and connect it again");
        dead(asked.browser.get("/oauth/in/nonsense"), 404, "This link doesn’t work");
        dead(asked.browser.get(used.link().replace("/oauth/in/", "/account/in/")), 404, "This link doesn’t work");
    }

    private static void dead(Answer page, int status, String heading) {
        assertThat(page.status()).isEqualTo(status);
        assertThat(page.html().select("h1").text()).isEqualTo(heading);
        assertThat(page.html().select("main a[href], main form"))
                .as("the way on")
                .extracting(way -> way.attr("href") + way.attr("action"))
                .anyMatch(way -> way.matches("/account(/link)?|/oauth/authorize[?].*"));
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    @DisplayName("Nothing of a closed, blocked or erased account opens any more")
    void endsWithTheAccount() {
        Asked.Mailed mailed = asked.mail(ada, Asked.address());
        Sql.run(Asked.context(), "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + ada.id() + "'");
        dead(asked.browser.form(mailed.link(), PRESSED), 404, "This link doesn’t work");
        assertThat(asked.browser
                        .form(mailed.action(), mailed.typing(mailed.code()))
                        .status())
                .isEqualTo(410);
    }

    @Test
    @DisplayName("On an address that nobody confirmed the link asks whose the passphrase is, and confirms the address")
    void provesTheMailbox() {
        Sql.run(Asked.context(), "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + ada.id() + "'");
        Asked.Mailed mailed = asked.mail(ada, Asked.address());
        assertThat(asked.browser.get(mailed.link()).html().select("input[name=existing]"))
                .hasSize(2);
        assertThat(asked.browser
                        .form(mailed.link(), Map.of("do", "sign-in", "asked", "existing"))
                        .html()
                        .select("[role=alert] a")
                        .attr("href"))
                .isEqualTo("#existing");
        assertThat(asked.browser
                        .form(mailed.link(), Map.of("do", "sign-in", "existing", "keep"))
                        .status())
                .isEqualTo(303);
        Account proven = account();
        assertThat(proven.verified()).isTrue();
        assertThat(proven.passphraseHash()).isNotNull();
    }

    @Test
    @DisplayName("The code confirms it, too, and then a passphrase from before goes")
    void provesTheMailboxByCode() {
        Sql.run(Asked.context(), "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + ada.id() + "'");
        Asked.Mailed mailed = asked.mail(ada, Asked.address());
        assertThat(asked.browser
                        .form(mailed.action(), mailed.typing(mailed.code()))
                        .status())
                .isEqualTo(303);
        assertThat(account().verified()).isTrue();
        assertThat(account().passphraseHash()).isNull();
    }

    private Account account() {
        return Asked.context().getBean(Accounts.class).findById(ada.id()).orElseThrow();
    }
}
