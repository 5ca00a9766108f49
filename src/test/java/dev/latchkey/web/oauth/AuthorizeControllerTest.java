package dev.latchkey.web.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.oauth.Grants;
import dev.latchkey.oauth.Redemption;
import dev.latchkey.oauth.client.PredefinedClients;
import dev.latchkey.session.SessionKind;
import dev.latchkey.session.Sessions;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Asvs;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The question, and the answers to it. */
class AuthorizeControllerTest {
    private final Asked asked = new Asked();
    private final Account ada = Asked.somebody();

    @Test
    @DisplayName("Whoever is signed in is asked: by host, with the name beside it, as whom, what, and for how long")
    @Asvs({"10.7.1", "10.7.2"})
    void asks() {
        String question = asked.signIn(ada, Asked.address());
        Answer page = asked.browser.get(question);
        assertThat(page.status()).isEqualTo(200);
        Document html = page.html();
        assertThat(html.select("h1").text()).isEqualTo("Give this assistant access?");
        assertThat(html.select("main .facts dd").first().text())
                .startsWith("client.example.com")
                .contains("It calls itself “\u2068Example Assistant\u2069”.");
        assertThat(html.text())
                .contains("You are signed in as " + ada.email().value())
                .contains("See your profile")
                .contains("Propose changes to your profile. Only your own click saves them.")
                .contains("For an hour.")
                .contains("You can end it at any time under “Where you are signed in”.");
        assertThat(html.select("main button").eachText())
                .containsExactly("Use another account", "Allow", "Do not allow");
        assertThat(html.text()).doesNotContain("Where your answer goes");
    }

    @Test
    @DisplayName("What is not asked for is not offered, and what goes on says until when")
    void asksForWhatIsAskedForAlone() {
        String question =
                asked.signIn(ada, Asked.address(PredefinedClients.REDIRECT, "&scope=profile:read+offline_access"));
        String text = asked.browser.get(question).html().text();
        assertThat(text)
                .contains("See your profile")
                .contains("Until you end it, or until it hasn’t been used for 90 days.")
                .doesNotContain("Propose changes");
    }

    @Test
    @DisplayName("Allow leads to the client with a code, its state and who answers")
    void allows() {
        String question = asked.signIn(ada, Asked.address());
        Answer answer = decide(question, "allow");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).startsWith(PredefinedClients.REDIRECT + "?");
        Map<String, String> told = Asked.parameters(answer.header("Location"));
        assertThat(told)
                .containsOnlyKeys("code", "state", "iss")
                .containsEntry("state", "a&b")
                .containsEntry("iss", "http://localhost");
        assertThat(Asked.context()
                        .getBean(Grants.class)
                        .redeem(told.get("code"), PredefinedClients.OPEN, PredefinedClients.REDIRECT, Asked.VERIFIER))
                .isInstanceOf(Redemption.Tokens.class);
        assertThat(grants()).containsExactly("Example Assistant (client.example.com)");
    }

    @Test
    @DisplayName("Do not allow leads to the client with access_denied, and lets nobody in")
    void denies() {
        String question = asked.signIn(ada, Asked.address());
        Answer answer = decide(question, "deny");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(Asked.parameters(answer.header("Location")))
                .containsEntry("error", "access_denied")
                .containsEntry("state", "a&b")
                .containsEntry("iss", "http://localhost")
                .doesNotContainKey("code");
        assertThat(grants()).isEmpty();
    }

    @Test
    @DisplayName("Use another account signs out, and asks who it is to be")
    void letsSomebodyElseAnswer() {
        String question = asked.signIn(ada, Asked.address());
        Answer other = decide(question, "other");
        assertThat(other.status()).isEqualTo(303);
        assertThat(other.header("Location")).isEqualTo(question);
        assertThat(asked.browser.get(question).html().select("h1").text()).isEqualTo("Sign in to decide");
        Account grace = Asked.somebody();
        asked.signIn(grace, question);
        assertThat(asked.browser.get(question).text())
                .contains(grace.email().value())
                .doesNotContain(ada.email().value());
    }

    @ParameterizedTest
    @CsvSource({"allow", "deny", "other"})
    @DisplayName("An answer without the secret of the session is none (CSRF), and nobody is let in or signed out")
    void takesNoForeignAnswer(String decision) {
        String question = asked.signIn(ada, Asked.address());
        for (Map<String, String> form :
                List.of(Map.of("do", decision), Map.of("do", decision, "csrf", "of another session"))) {
            Answer refused = asked.browser.form(question, form);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.header("Location")).isEmpty();
            assertThat(refused.html().select("h1").text()).isEqualTo("Please send the form again");
        }
        assertThat(asked.browser.isSignedIn()).isTrue();
        assertThat(grants()).isEmpty();
    }

    @Test
    @DisplayName("An answer after signing out, or in a session that was ended meanwhile, leads to where one signs in")
    void needsSomebodySignedIn() {
        String question = asked.signIn(ada, Asked.address());
        String csrf = asked.browser.csrf();
        Sessions sessions = Asked.context().getBean(Sessions.class);
        sessions.findByAccountId(ada.id()).forEach(session -> sessions.remove(session.id()));
        Answer late = asked.browser.form(question, Map.of("do", "allow", "csrf", csrf));
        assertThat(late.status()).isEqualTo(303);
        assertThat(late.header("Location")).isEqualTo(question);
        assertThat(grants()).isEmpty();
    }

    @Test
    @DisplayName("Looking changes nothing, and neither does a form that says nothing")
    @Asvs("7.6.2")
    void looksWithoutAChange() {
        String question = asked.signIn(ada, Asked.address());
        for (int i = 0; i < 3; i++) {
            assertThat(asked.browser.get(question).status()).isEqualTo(200);
        }
        asked.browser.ownForm(question, Map.of());
        assertThat(grants()).isEmpty();
        assertThat(asked.browser.isSignedIn()).isTrue();
    }

    @Test
    @DisplayName("No page of it can be framed, kept, indexed or left with a trace; and forms lead to the client alone")
    void protectsItsPages() {
        Answer signIn = asked.browser.get(Asked.address());
        String question = asked.signIn(ada, Asked.address());
        Answer consent = asked.browser.get(question);
        for (Answer page : List.of(signIn, consent, asked.browser.get("/oauth/authorize"))) {
            assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(page.header("Content-Security-Policy"))
                    .contains("frame-ancestors 'none'")
                    .contains("script-src 'self'")
                    .contains("default-src 'none'");
            assertThat(page.header("Cache-Control")).isEqualTo("no-store");
            assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(page.header("X-Robots-Tag")).isEqualTo("noindex");
            assertThat(page.header("Cross-Origin-Opener-Policy")).isEqualTo("unsafe-none");
        }
        assertThat(signIn.header("Content-Security-Policy")).endsWith("form-action 'self'");
        assertThat(consent.header("Content-Security-Policy")).endsWith("form-action 'self' https:");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:4711/callback, http://127.0.0.1:4711 https:",
        "exampleapp://oauth/callback, exampleapp:"
    })
    @DisplayName("An answer that stays on this device is told in words, and may go there")
    void answersAnAppOnTheDevice(String redirect, String source) {
        String address = Asked.address(redirect, "");
        assertThat(asked.browser.get(address).html().select("main .facts").text())
                .startsWith("Who is asking An app on this device It calls itself")
                .endsWith("Where your answer goes To an app on this device");
        String question = asked.signIn(ada, address);
        Answer page = asked.browser.get(question);
        assertThat(page.html().text())
                .contains("in an app on this device that you trust")
                .doesNotContain("127.0.0.1");
        assertThat(page.header("Content-Security-Policy")).endsWith("form-action 'self' " + source);
        assertThat(decide(question, "allow").header("Location")).startsWith(redirect + "?code=");
    }

    @ParameterizedTest
    @CsvSource({
        "'', The address of this page is incomplete",
        "?client_id=nobody&redirect_uri=https://client.example.com/callback, We don’t know who is asking.",
        "?client_id=example-assistant&redirect_uri=https://evil.example/callback, at an address that isn’t known",
        "?client_id=example-assistant&client_id=example-server, The address of this page is incomplete",
        "?client_id=https://127.0.0.1/client.json&redirect_uri=https://evil.example/x, We don’t know who is asking."
    })
    @DisplayName("A request that nobody can be asked about is a page that says why, and leads nowhere")
    void refusesWhatCannotBeAsked(String query, String why) {
        for (Answer page : List.of(
                asked.browser.get("/oauth/authorize" + query),
                asked.browser.form("/oauth/authorize" + query, Map.of("do", "allow")))) {
            assertThat(page.status()).isEqualTo(400);
            assertThat(page.header("Location")).isEmpty();
            assertThat(page.html().select("h1").text()).isEqualTo("This assistant can’t get access");
            assertThat(page.html().select("main").text()).contains(why);
            assertThat(page.html().select("main a[href=/]")).hasSize(1);
            assertThat(page.html().select("main").outerHtml()).doesNotContain("evil.example");
            assertThat(page.html().select("[href*=evil.example], [action*=evil.example]"))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("A request that the protocol refuses is answered to the client, whoever is signed in")
    void answersErrorsOfTheProtocol() {
        String address = Asked.address().replace("S256", "plain");
        for (Answer answer : List.of(asked.browser.get(address), asked.browser.form(address, Map.of("do", "allow")))) {
            assertThat(answer.status()).isEqualTo(303);
            assertThat(Asked.parameters(answer.header("Location")))
                    .containsEntry("error", "invalid_request")
                    .containsEntry("state", "a&b")
                    .containsEntry("iss", "http://localhost");
        }
    }

    private Answer decide(String question, String decision) {
        return asked.browser.ownForm(question, Map.of("do", decision));
    }

    private List<String> grants() {
        return Asked.context().getBean(Sessions.class).findByAccountId(ada.id()).stream()
                .filter(session -> session.kind() == SessionKind.GRANT)
                .map(Sessions.Session::client)
                .toList();
    }
}
