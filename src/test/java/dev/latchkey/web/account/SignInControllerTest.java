package dev.latchkey.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInControllerTest {
    private static final String PASSPHRASE = "seven quiet otters";

    private final Browser browser = new Browser(Visitor.server());

    @Test
    @DisplayName("Whoever is not signed in finds two ways to sign in, and both forms say nothing of anybody")
    void showsTwoWaysToSignIn() {
        Answer page = browser.get("/account");
        assertThat(page.status()).isEqualTo(200);
        Document html = page.html();
        assertThat(html.select("h1").text()).isEqualTo("Sign in");
        assertThat(html.select("form[method=post][action=/account/link] input[name=identifier]"))
                .hasSize(1);
        assertThat(html.select("form[method=post][action=/account/sign-in] input[name=passphrase]"))
                .hasSize(1);
        assertThat(page.header("Set-Cookie")).isEmpty();
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("X-Robots-Tag")).isEqualTo("noindex");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/account/upgrade", "/account/upgrade/"})
    @DisplayName("What is somebody's own leads whoever is not signed in to where they can sign in")
    void leadsStrangersToTheSignInPage(String path) {
        Answer answer = browser.get(path);
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/account");
        assertThat(browser.form("/account/upgrade", Map.of()).header("Location"))
                .isEqualTo("/account");
        assertThat(browser.form("/account/sign-out", Map.of()).header("Location"))
                .isEqualTo("/account");
    }

    @Test
    @DisplayName("Asking for a link is answered alike whether or not there is an account")
    void mailsALinkAndTellsNobodyWhoHasAnAccount() {
        String known = sent(People.somebody(Visitor.context()).email().value());
        assertThat(sent("nobody.to.sign.in@example.org")).isEqualTo(known);
        assertThat(sent("899999998")).isEqualTo(known);
        assertThat(sent(People.somebody(Visitor.context(), AccountStatus.BLOCKED)
                        .email()
                        .value()))
                .isEqualTo(known);
        Answer again = browser.form("/account/link", Map.of("identifier", "nobody.to.sign.in@example.org"));
        assertThat(again.status()).isEqualTo(429);
        assertThat(again.header("Retry-After")).isNotEmpty();
        Document wait = again.html();
        assertThat(wait.select("form[action=/account/link]:has(#again) input[name=identifier]")
                        .val())
                .isEqualTo("nobody.to.sign.in@example.org");
        Answer corrected =
                browser.form("/account/link", Map.of("identifier", "nobody.to.sign.in@example.org", "do", "correct"));
        assertThat(corrected.status()).isEqualTo(200);
        assertThat(corrected.html().select("#identifier").val()).isEqualTo("nobody.to.sign.in@example.org");
    }

    @Test
    @DisplayName(
            "Whoever is sent by a password manager changes the passphrase, and signs in first where that is needed")
    @Asvs("6.2.7")
    void leadsPasswordManagersToThePassphrase() {
        Answer stranger = browser.get("/.well-known/change-password");
        assertThat(stranger.status()).isEqualTo(303);
        Document signIn = browser.get(stranger.header("Location")).html();
        assertThat(signIn.select("form[action=/account/sign-in] input[name=to]").val())
                .isEqualTo("profile");
        Account ada = withPassphrase(People.somebody(Visitor.context()));
        Map<String, String> typed =
                Map.of("email", ada.email().value(), "passphrase", "no idea of it", "to", "profile");
        assertThat(browser.form("/account/sign-in", typed)
                        .html()
                        .select("input[name=to]")
                        .val())
                .isEqualTo("profile");
        Answer in = browser.form(
                "/account/sign-in", Map.of("email", ada.email().value(), "passphrase", PASSPHRASE, "to", "profile"));
        assertThat(in.header("Location")).isEqualTo("/account/profile#passphrase");

        assertThat(browser.get("/.well-known/change-password").header("Location"))
                .isEqualTo("/account/profile#passphrase");
        assertThat(browser.get("/account/profile").html().select("input#passphrase"))
                .hasSize(1);
    }

    @Test
    @DisplayName("Signing in leads to no other place than the two")
    @Asvs("3.7.2")
    void leadsNowhereElse() {
        Account ada = withPassphrase(People.somebody(Visitor.context()));
        assertThat(browser.get("/account?to=https://example.org").html().select("input[name=to]"))
                .isEmpty();
        assertThat(browser.form(
                                "/account/sign-in",
                                Map.of("email", ada.email().value(), "passphrase", PASSPHRASE, "to", "//example.org"))
                        .header("Location"))
                .isEqualTo("/account");
    }

    private String sent(String identifier) {
        Answer page = browser.form("/account/link", Map.of("identifier", identifier));
        assertThat(page.status()).isEqualTo(200);
        Document html = page.html();
        html.select(".phrase").remove();
        return html.text().replace(identifier, "what was typed");
    }

    @Test
    void saysWhatIsWrongWithWhatNamesNobody() {
        Answer page = browser.form("/account/link", Map.of("identifier", "12345"));
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.html().select("[role=alert] a[href=#identifier]").text())
                .isEqualTo("Enter all nine digits of your PIN, or your email address");
        assertThat(page.html().select("#identifier").attr("value")).isEqualTo("12345");
    }

    @Test
    @DisplayName("Address and passphrase sign in, with a cookie that scripts and other sites cannot use")
    void signsInWithThePassphrase() {
        Account ada = withPassphrase(People.somebody(Visitor.context()));
        Answer in = signIn(ada.email().value(), PASSPHRASE);
        assertThat(in.status()).isEqualTo(303);
        assertThat(in.header("Location")).isEqualTo("/account");
        assertThat(in.header("Set-Cookie")).matches("latchkey=[A-Za-z0-9_-]{43}; Path=/; HTTPOnly; SameSite=Lax");
        Document overview = browser.get("/account").html();
        assertThat(overview.select("h1").text()).isEqualTo("Your account");
        assertThat(overview.text()).contains(ada.email().value()).contains(Integer.toString(ada.pin()));
    }

    @Test
    @DisplayName("Where we are reached by https, the cookie is bound to this host and goes nowhere in the clear")
    @Asvs({"3.3.1", "3.3.2", "3.3.3", "3.3.4"})
    void bindsTheCookieToTheHost() {
        try (EmbeddedServer server =
                Contexts.serve(Database.SQLITE, Map.of("latchkey.base-url", "https://id.example.org"))) {
            Account ada = withPassphrase(server, People.somebody(server.getApplicationContext()));
            Browser secure = new Browser(server);
            Answer in = secure.form("/account/sign-in", credentials(ada.email().value(), PASSPHRASE));
            assertThat(in.header("Set-Cookie"))
                    .matches("__Host-latchkey=[A-Za-z0-9_-]{43}; Path=/; Secure; HTTPOnly; SameSite=Lax");
            assertThat(secure.isSignedIn()).isTrue();
            Browser planted = new Browser(server);
            planted.plant("latchkey", in.header("Set-Cookie").replaceAll("^[^=]+=|;.*", ""));
            assertThat(planted.isSignedIn()).isFalse();
        }
    }

    @Test
    @DisplayName("Who cannot sign in learns nothing of why")
    void answersAlikeWhateverIsWrong() {
        Account ada = withPassphrase(People.somebody(Visitor.context()));
        Account blocked = withPassphrase(People.somebody(Visitor.context(), AccountStatus.BLOCKED));
        Account bare = People.somebody(Visitor.context());
        String wrong = refused(ada.email().value(), "another passphrase");
        assertThat(wrong).contains("This email address and passphrase don’t match");
        assertThat(refused("nobody.at.all@example.org", PASSPHRASE)).isEqualTo(wrong);
        assertThat(refused(blocked.email().value(), PASSPHRASE)).isEqualTo(wrong);
        assertThat(refused(bare.email().value(), PASSPHRASE)).isEqualTo(wrong);
        assertThat(refused("no address", PASSPHRASE)).isEqualTo(wrong);
        assertThat(browser.isSignedIn()).isFalse();
    }

    private String refused(String email, String passphrase) {
        Answer page = signIn(email, passphrase);
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.text()).doesNotContain(passphrase);
        Element typed = page.html().expectFirst("#email");
        assertThat(typed.attr("value")).isEqualTo(email);
        return page.html().text();
    }

    @ParameterizedTest
    @CsvSource({
        "/account/sign-in, /account",
        "/account/link, /account",
        "/account/sessions/end, /account/sessions",
        "/account/sessions/end-others, /account/sessions"
    })
    @DisplayName("Whoever loads the address of a form again is led to where the form is")
    void leadsBackToTheForm(String path, String form) {
        assertThat(browser.get(path).status()).isEqualTo(303);
        assertThat(browser.get(path).header("Location")).isEqualTo(form);
    }

    @Test
    void asksForWhatIsMissing() {
        Answer page = signIn(" ", "");
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.html().title()).startsWith("Error: ");
        assertThat(page.html().select("[role=alert] a").eachText())
                .containsExactly("Enter your email address", "Enter your passphrase");
        assertThat(browser.form("/account/sign-in", Map.of()).status()).isEqualTo(422);
    }

    @Test
    @DisplayName("Guessing is slowed down as in the account API, and the wait is told")
    void slowsGuessesDown() {
        Account ada = withPassphrase(People.somebody(Visitor.context()));
        String email = ada.email().value();
        for (int i = 0; i < 5; i++) {
            refused(email, "wrong passphrase " + i);
        }
        Answer slow = signIn(email, PASSPHRASE);
        assertThat(slow.status()).isEqualTo(429);
        assertThat(slow.header("Retry-After")).isEqualTo("1");
        assertThat(slow.html().select("#email").attr("value")).isEqualTo(email);
        Visitor.clock().advance(Duration.ofSeconds(2));
        assertThat(signIn(email, PASSPHRASE).status()).isEqualTo(303);
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site,cross-site", "Sec-Fetch-Site,same-site", "Origin,https://evil.example"})
    @DisplayName("A form of another site signs nobody in and mails nothing")
    @Asvs("3.5.1")
    void refusesFormsOfOtherSites(String header, String value) {
        Account ada = withPassphrase(People.somebody(Visitor.context()));
        Answer foreign =
                browser.form("/account/sign-in", credentials(ada.email().value(), PASSPHRASE), header, value);
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.header("Set-Cookie")).isEmpty();
        assertThat(foreign.html().select("[role=alert] h2").text()).isEqualTo("Nobody was signed in");
        assertThat(browser.form("/account/link", Map.of("identifier", "899999997"), header, value)
                        .status())
                .isEqualTo(403);
        assertThat(browser.form("/account/link", Map.of("identifier", "899999997"))
                        .status())
                .isIn(200, 429);
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site,same-origin", "Sec-Fetch-Site,none", "Origin,null", "Origin,http://localhost"})
    void takesItsOwnForms(String header, String value) {
        Account ada = withPassphrase(People.somebody(Visitor.context()));
        assertThat(browser.form("/account/sign-in", credentials(ada.email().value(), PASSPHRASE), header, value)
                        .status())
                .isEqualTo(303);
    }

    @Test
    @DisplayName("Each sign-in has a session of its own, and that which the browser had before ends (session fixation)")
    @Asvs("7.2.4")
    void endsTheSessionThatTheBrowserHad() {
        Account mallory = withPassphrase(People.somebody(Visitor.context()));
        Account ada = withPassphrase(People.somebody(Visitor.context()));
        Browser attacker = new Browser(Visitor.server());
        attacker.form("/account/sign-in", credentials(mallory.email().value(), PASSPHRASE));
        String planted = attacker.cookie();
        browser.plant("latchkey", planted);
        signIn(ada.email().value(), PASSPHRASE);
        assertThat(browser.cookie()).isNotEqualTo(planted);
        assertThat(browser.get("/account").text()).contains(ada.email().value());
        assertThat(attacker.isSignedIn()).isFalse();
        browser.plant("latchkey", "made-up-by-somebody");
        signIn(ada.email().value(), PASSPHRASE);
        assertThat(browser.cookie()).hasSize(43);
    }

    @Test
    @DisplayName("Signing out takes the cookie away and ends the session, but only from a page of one's own")
    @Asvs({"7.4.1", "7.4.4", "14.3.1"})
    void signsOut() {
        Account ada = People.somebody(Visitor.context());
        Browser signedIn = Visitor.signedIn(ada);
        String cookie = signedIn.cookie();
        for (Map<String, String> foreign : List.of(Map.<String, String>of(), Map.of("csrf", "x"))) {
            Answer refused = signedIn.form("/account/sign-out", foreign);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.html().select("h1").text()).isEqualTo("Please send the form again");
        }
        assertThat(signedIn.isSignedIn()).isTrue();
        Answer out = signedIn.ownForm("/account/sign-out", Map.of());
        assertThat(out.status()).isEqualTo(303);
        assertThat(out.header("Set-Cookie")).startsWith("latchkey=; Max-Age=0;");
        signedIn.plant("latchkey", cookie);
        assertThat(signedIn.isSignedIn()).isFalse();
    }

    @Test
    @DisplayName("Half an hour without a look signs out, and twelve hours in any case")
    void endsByItself() {
        Browser signedIn = Visitor.signedIn(People.somebody(Visitor.context()));
        Visitor.clock().advance(Duration.ofMinutes(29));
        assertThat(signedIn.isSignedIn()).isTrue();
        Visitor.clock().advance(Duration.ofMinutes(30));
        assertThat(signedIn.isSignedIn()).isFalse();
    }

    private Answer signIn(String email, String passphrase) {
        return browser.form("/account/sign-in", credentials(email, passphrase));
    }

    private static Map<String, String> credentials(String email, String passphrase) {
        return Map.of("email", email, "passphrase", passphrase);
    }

    private static Account withPassphrase(Account account) {
        return withPassphrase(Visitor.server(), account);
    }

    private static Account withPassphrase(EmbeddedServer server, Account account) {
        String hash = server.getApplicationContext().getBean(Passphrases.class).hash(PASSPHRASE);
        server.getApplicationContext().getBean(Accounts.class).updatePassphraseHash(account.id(), hash);
        return account.withPassphraseHash(hash);
    }
}
