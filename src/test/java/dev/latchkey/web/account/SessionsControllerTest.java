package dev.latchkey.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.session.AccessTokenService;
import dev.latchkey.session.Bearer;
import dev.latchkey.session.SessionKeyService;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Browser;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionsControllerTest {
    private static final String HERE = "/account/sessions";

    private final Account ada = withPassphrase(People.somebody(Visitor.context()));
    private final Browser browser = Visitor.signedIn(ada);

    @Test
    @DisplayName("At first there is this browser alone")
    void showsOne() {
        Document page = browser.get(HERE).html();
        assertThat(page.select(".place")).hasSize(1);
        assertThat(page.select(".place .tag").text()).isEqualTo("this one");
        assertThat(page.select("form[action=/account/sessions/end-others]")).isEmpty();
        assertThat(page.text()).contains("Nothing else is open");
    }

    @Test
    @DisplayName("Browsers, tokens, keys and open links are listed, and nothing that opens anything")
    void listsWhateverOpensTheAccount() {
        String token = token();
        String key = key();
        Browser elsewhere = Visitor.signedIn(ada);
        String link = Visitor.mailedLink(ada);
        Answer page = browser.get(HERE);
        assertThat(page.html().select(".place h2").eachText())
                .contains("Browser this one", "Browser", "App", "App with a session key", "Link that signs in");
        assertThat(page.html().select(".place").first().text()).contains("this one");
        assertThat(page.text()).contains("Firefox · Linux");
        for (String secret : new String[] {token, key, elsewhere.cookie(), browser.cookie(), link.substring(12, 40)}) {
            assertThat(page.text()).doesNotContain(secret);
        }
    }

    @Test
    @DisplayName("Each can be ended by itself, and the owner is told")
    @Asvs("7.5.2")
    void endsOne() {
        String token = token();
        Answer ended = end("App");
        assertThat(ended.status()).isEqualTo(303);
        assertThat(browser.get(ended.header("Location"))
                        .html()
                        .select("[role=alert]")
                        .text())
                .isEqualTo("It was ended");
        assertThat(inspect(token)).isEqualTo(new Bearer.Invalid());
        assertThat(told()).isEqualTo(1);
        String link = Visitor.mailedLink(ada);
        end("Link that signs in");
        assertThat(new Browser(Visitor.server()).get(link).status()).isEqualTo(410);
        assertThat(told()).isEqualTo(2);
        end("Browser this one");
        assertThat(browser.isSignedIn()).isFalse();
    }

    @Test
    @DisplayName("End all others leaves this browser alone")
    @Asvs("7.5.2")
    void endsAllOthers() {
        String token = token();
        String key = key();
        Browser elsewhere = Visitor.signedIn(ada);
        String link = Visitor.mailedLink(ada);
        Answer ended = browser.ownForm("/account/sessions/end-others", Map.of());
        assertThat(ended.status()).isEqualTo(303);
        Document page = browser.get(ended.header("Location")).html();
        assertThat(page.select("[role=alert]").text()).isEqualTo("Everything but this browser was ended");
        assertThat(page.select(".place")).hasSize(1);
        assertThat(inspect(token)).isEqualTo(new Bearer.Invalid());
        assertThat(sessionKeys().find(ada.email().value(), key)).isEmpty();
        assertThat(elsewhere.isSignedIn()).isFalse();
        assertThat(new Browser(Visitor.server()).get(link).status()).isEqualTo(410);
        assertThat(told()).isEqualTo(1);
        Answer nothing = browser.ownForm("/account/sessions/end-others", Map.of());
        assertThat(nothing.header("Location")).endsWith("?ended=none");
        assertThat(told()).isEqualTo(1);
    }

    @Test
    @DisplayName("What is somebody else's is unknown, and so is what ended")
    void knowsOnlyItsOwn() {
        Browser other = Visitor.signedIn(People.somebody(Visitor.context()));
        String foreign =
                other.get(HERE).html().expectFirst(".place input[name=id]").val();
        for (Map<String, String> named : List.<Map<String, String>>of(
                Map.of("id", foreign), Map.of("link", foreign), Map.of("link", "0193"), Map.of("id", ""), Map.of())) {
            Answer refused = browser.ownForm("/account/sessions/end", named);
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.html().select("[role=alert]").text()).isEqualTo("It had ended already");
        }
        assertThat(other.isSignedIn()).isTrue();
    }

    @Test
    void refusesFormsOfOtherSites() {
        String id =
                browser.get(HERE).html().expectFirst(".place input[name=id]").val();
        assertThat(browser.form("/account/sessions/end", Map.of("id", id)).status())
                .isEqualTo(403);
        assertThat(browser.form("/account/sessions/end-others", Map.of()).status())
                .isEqualTo(403);
        assertThat(browser.isSignedIn()).isTrue();
    }

    private Answer end(String kind) {
        for (Element place : browser.get(HERE).html().select(".place")) {
            Element named = place.expectFirst("input[name=id], input[name=link]");
            if (place.select("h2").text().equals(kind)) {
                return browser.ownForm("/account/sessions/end", Map.of(named.attr("name"), named.val()));
            }
        }
        throw new IllegalStateException("No " + kind);
    }

    private long told() {
        return Sql.count(
                Visitor.context(),
                "SELECT count(*) FROM outbox WHERE kind = 'changed' AND about_id IN"
                        + " (SELECT id FROM changes WHERE fields = 'sessions' AND account_id = '" + ada.id() + "')");
    }

    private String token() {
        return Visitor.context()
                .getBean(AccessTokenService.class)
                .issue(ada, "Firefox · Linux")
                .orElseThrow()
                .text();
    }

    private String key() {
        return sessionKeys().open(ada, "").orElseThrow();
    }

    private static SessionKeyService sessionKeys() {
        return Visitor.context().getBean(SessionKeyService.class);
    }

    private static Bearer inspect(String token) {
        return Visitor.context().getBean(AccessTokenService.class).inspect(token);
    }

    private static Account withPassphrase(Account account) {
        Account known = account.withPassphraseHash("no hash of anything");
        Visitor.context().getBean(Accounts.class).updatePassphraseHash(account.id(), known.passphraseHash());
        return known;
    }
}
