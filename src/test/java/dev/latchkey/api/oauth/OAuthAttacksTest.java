package dev.latchkey.api.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.history.HistoryEntry;
import dev.latchkey.history.HistoryService;
import dev.latchkey.oauth.Grants;
import dev.latchkey.oauth.client.ClientHost;
import dev.latchkey.oauth.client.PredefinedClients;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What RFC 9700 (best current practice of OAuth's security) lists, played against the running server: each is refused in
 * the protocol's words, and nothing is granted.
 */
@ParameterizedClass
@EnumSource(Database.class)
class OAuthAttacksTest {
    private static final String AUTHORIZE = "/oauth/authorize?";
    private static final String ALL = "profile:read profile:propose offline_access";
    private static final String PASSPHRASE = "nine patient herons";
    private static final String PUBLISHED_REDIRECT = "https://images.example.org/callback";

    private final EmbeddedServer server;
    private final ApplicationContext context;
    private final Api api;
    private final Assistant assistant;
    private final Account victim;
    private final Browser browser;
    private final long before;

    OAuthAttacksTest(Database database) {
        Map<String, Object> settings = new HashMap<>(PredefinedClients.SETTINGS);
        settings.putAll(Map.of("test.clock", true, "test.image-host", true, "latchkey.oauth-registration", "true"));
        server = Contexts.server(database, settings);
        context = server.getApplicationContext();
        context.getBean(MutableClock.class).advance(Duration.ofHours(1));
        api = new Api(server);
        assistant = new Assistant(server);
        victim = People.somebody(context);
        context.getBean(Accounts.class)
                .updatePassphraseHash(
                        victim.id(), context.getBean(Passphrases.class).hash(PASSPHRASE));
        browser = new Browser(server);
        browser.form(
                AUTHORIZE + assistant.query(ALL), Map.of("email", victim.email().value(), "passphrase", PASSPHRASE));
        before = grants();
    }

    @Test
    @DisplayName("4.4 Mix-up: every answer says who answers, and a code is worth nothing to another client")
    void mixUp() {
        String issuer = api.get("/.well-known/oauth-authorization-server").text("issuer");
        URI granted = allow(assistant.query(ALL));
        assertThat(Assistant.parameters(granted)).containsEntry("iss", List.of(issuer));
        assertThat(Assistant.parameters(error(Map.of("response_type", "token"))))
                .containsEntry("iss", List.of(issuer));

        Assistant attacker =
                new Assistant(api, registered("https://evil.example.com/callback"), PredefinedClients.REDIRECT);
        Map<String, String> stolen = assistant.exchange(code(granted));
        stolen.put("client_id", attacker.clientId);
        assertRefused(attacker.token(stolen), "invalid_grant");
        assertThat(grants()).as("what the victim allowed, and nothing else").isEqualTo(before + 1);
        assertThat(assistant.redeem(code(granted)).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("4.5 Code injection: a stolen code is worth nothing in another session of the same client")
    void codeInjection() {
        String stolen = code(allow(assistant.query(ALL)));
        Map<String, String> injected = assistant.exchange(stolen);
        injected.put("code_verifier", new CodeVerifier().getValue());
        assertRefused(assistant.token(injected), "invalid_grant");
        injected.put("code_verifier", assistant.request(ALL).get("code_challenge"));
        assertRefused(assistant.token(injected), "invalid_grant");
        injected.put("code_verifier", "short");
        assertRefused(assistant.token(injected), "invalid_grant");

        assertThat(assistant.redeem(stolen).status())
                .as("its own session is served")
                .isEqualTo(200);
    }

    @Test
    @DisplayName("4.2.4 Replay: a code that comes again ends all that it was exchanged for, and the owner is told")
    void codeReplay() {
        String code = code(allow(assistant.query(ALL)));
        Answer tokens = assistant.redeem(code);

        assertRefused(assistant.redeem(code), "invalid_grant");
        assertDead(tokens);
        assertThat(grants()).isEqualTo(before);
        List<HistoryEntry> history = context.getBean(HistoryService.class)
                .page(victim.id(), null, 10)
                .entries();
        assertThat(history).extracting(HistoryEntry::door).startsWith("grant", "account-page");
    }

    @Test
    @DisplayName("Replay: a code that is older than a minute is worth nothing")
    void lateCode() {
        String code = code(allow(assistant.query(ALL)));
        context.getBean(MutableClock.class).advance(Duration.ofSeconds(60));

        assertRefused(assistant.redeem(code), "invalid_grant");
    }

    @Test
    @DisplayName("4.10.2 Wrong audience: nothing is given for another server, and what is given opens /mcp alone")
    @Asvs({"9.2.4", "10.3.1"})
    void wrongAudience() {
        for (String other : new String[] {
            "https://other.example.com/mcp", "http://localhost.example.com/mcp", "http://localhost/mcp/../auth"
        }) {
            assertThat(Assistant.parameters(error(Map.of("resource", other))))
                    .containsEntry("error", List.of("invalid_target"));
        }
        assertThat(grants()).isEqualTo(before);

        Map<String, String> exchange = assistant.exchange(code(allow(assistant.query(ALL))));
        exchange.put("resource", "https://other.example.com/mcp");
        assertRefused(assistant.token(exchange), "invalid_target");
        exchange.put("resource", "http://localhost/mcp");
        Answer tokens = assistant.token(exchange);
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(api.get("/profile/me", "Authorization", "Bearer " + tokens.text("access_token"))
                        .status())
                .isEqualTo(401);
        assertThat(api.get("/profile/me", "Authorization", "Bearer " + tokens.text("refresh_token"))
                        .status())
                .isEqualTo(401);
        assertThat(context.getBean(Grants.class).find(tokens.text("refresh_token")))
                .as("a refresh token is no access token")
                .isEmpty();
    }

    @Test
    @DisplayName("Wrong issuer: no header of a request changes who the server says it is")
    void wrongIssuer() {
        String[] lies = {
            "X-Forwarded-Host", "evil.example.com", "X-Forwarded-Proto", "https", "Forwarded", "host=evil.example.com"
        };
        assertThat(api.get("/.well-known/oauth-authorization-server", lies).text())
                .contains("http://localhost/oauth/token")
                .doesNotContain("evil");
        assertThat(api.get("/.well-known/oauth-protected-resource/mcp", lies).text("resource"))
                .isEqualTo("http://localhost/mcp");
        Answer answer = browser.get(AUTHORIZE + assistant.query("openid"), lies);
        assertThat(Assistant.parameters(URI.create(answer.header("Location"))))
                .containsEntry("iss", List.of("http://localhost"));
    }

    @Test
    @DisplayName("4.1 Redirect tricks and 4.11 open redirect: nobody is led to an address that the client did not name")
    @Asvs("10.4.1")
    void redirectTricks() {
        for (String trick : new String[] {
            "https://evil.example.com/",
            "https://client.example.com/callback/../../evil",
            "https://client.example.com/callback?next=https://evil.example.com/",
            "https://client.example.com/callback#@evil.example.com",
            "https://client.example.com:@evil.example.com/callback",
            "https://client.example.com.evil.example.com/callback",
            "https://client.example.com%2eevil.example.com/callback",
            "https:\\\\evil.example.com/callback",
            "//evil.example.com/callback",
            "https://CLIENT.example.com/callback",
            "http://client.example.com/callback",
            "http://127.0.0.1.evil.example.com/callback",
            "http://127.0.0.1:80@evil.example.com/callback",
            "http://localhost/callback",
            "javascript:fetch('//evil.example.com')",
            "data:text/html,evil",
            "exampleapp://oauth/callback/evil"
        }) {
            assertLedNowhere(with("redirect_uri", trick), trick);
            Map<String, String> withError = with("redirect_uri", trick);
            withError.put("response_type", "token");
            assertLedNowhere(withError, "an error to " + trick);
        }
        assertLedNowhere(with("client_id", "nobody"), "an unknown client");
        assertLedNowhere(with("client_id", PredefinedClients.CLOSED), "the address of another client");
        assertThat(grants()).isEqualTo(before);
    }

    @Test
    @DisplayName("Redirect tricks: a code is exchanged with the address that it was sent to alone")
    void redirectOfTheExchange() {
        Map<String, String> exchange = assistant.exchange(code(allow(assistant.query(ALL))));
        exchange.put("redirect_uri", PredefinedClients.APP);
        assertRefused(assistant.token(exchange), "invalid_grant");
        exchange.put("redirect_uri", PredefinedClients.REDIRECT + "/");
        assertRefused(assistant.token(exchange), "invalid_grant");
    }

    @Test
    @DisplayName("4.8 PKCE downgrade: nothing goes without a challenge by SHA-256 and its verifier")
    @Asvs("10.4.6")
    void pkceDowngrade() {
        for (String method : new String[] {"plain", "none", "s256", ""}) {
            assertThat(Assistant.parameters(error(Map.of("code_challenge_method", method))))
                    .as(method)
                    .containsEntry("error", List.of("invalid_request"));
        }
        assertThat(Assistant.parameters(error(Map.of("code_challenge", ""))))
                .containsEntry("error", List.of("invalid_request"));
        assertThat(grants()).isEqualTo(before);

        String code = code(allow(assistant.query(ALL)));
        Map<String, String> exchange = assistant.exchange(code);
        exchange.remove("code_verifier");
        assertRefused(assistant.token(exchange), "invalid_request");
        assertThat(assistant.redeem(code).status()).isEqualTo(200);
    }

    @Test
    @DisplayName(
            "4.14 Refresh reuse: of two who have a refresh token the second one ends it for both, and the owner is told")
    void refreshReuse() {
        Answer first = assistant.redeem(code(allow(assistant.query(ALL))));
        Answer second = assistant.refresh(first.text("refresh_token"));
        assertThat(second.status()).isEqualTo(200);

        assertRefused(assistant.refresh(first.text("refresh_token")), "invalid_grant");
        assertDead(first);
        assertDead(second);
        assertThat(grants()).isEqualTo(before);
    }

    @Test
    @DisplayName("4.14 A refresh token is worth nothing to another client, which cannot end it either")
    void refreshOfAnotherClient() {
        Answer tokens = assistant.redeem(code(allow(assistant.query(ALL))));
        Assistant attacker =
                new Assistant(api, registered("https://evil.example.com/callback"), PredefinedClients.REDIRECT);

        assertRefused(attacker.refresh(tokens.text("refresh_token")), "invalid_grant");
        assertThat(attacker.revoke(tokens.text("refresh_token")).status()).isEqualTo(200);
        assertThat(attacker.revoke(tokens.text("access_token")).status()).isEqualTo(200);
        assertThat(assistant.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("4.3 Tokens in addresses: an access token in a query or a form opens nothing")
    void tokensInAddresses() {
        Answer tokens = assistant.redeem(code(allow(assistant.query(ALL))));
        assertThat(api.get("/profile/me?access_token=" + tokens.text("access_token"))
                        .status())
                .isEqualTo(401);
        assertThat(tokens.header("Cache-Control")).isEqualTo("no-store");
        assertThat(tokens.header("Pragma")).isEqualTo("no-cache");
    }

    @Test
    @DisplayName("4.12 No browser sends on to a client what was typed here: answers are 303, never 307 or 308")
    void typedOn() {
        Answer answer = browser.ownForm(AUTHORIZE + assistant.query(ALL), Map.of("do", "allow"));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(browser.get(AUTHORIZE + assistant.query("openid")).status()).isEqualTo(303);
    }

    @Test
    @DisplayName("Request objects, by value or from an address, are refused and never fetched")
    void requestObjects() {
        try (ClientHost host = new ClientHost()) {
            String address = host.publish("/request", PUBLISHED_REDIRECT);
            assertThat(Assistant.parameters(error(Map.of("request_uri", address))))
                    .containsEntry("error", List.of("request_uri_not_supported"));
            assertThat(Assistant.parameters(error(Map.of("request", "eyJhbGciOiJub25lIn0.e30."))))
                    .containsEntry("error", List.of("request_not_supported"));
            assertThat(host.asked()).isEmpty();
        }
    }

    @Test
    @DisplayName("A metadata document that redirects is none")
    void documentThatRedirects() {
        try (ClientHost host = new ClientHost()) {
            String other = host.publish("/other.json", PUBLISHED_REDIRECT);
            assertUnknown(host.answer(
                    "/client.json", "HTTP/1.1 302 Found\r\nLocation: " + other + "\r\nContent-Length: 0\r\n\r\n"));
            assertThat(host.asked()).containsOnly("/client.json");
        }
    }

    @Test
    @DisplayName("A metadata document that grows is given up")
    void documentThatGrows() {
        try (ClientHost host = new ClientHost()) {
            String document = ClientHost.document(host.id("/client.json"), PUBLISHED_REDIRECT);
            assertUnknown(host.answer("/client.json", "HTTP/1.1 200 OK\r\n\r\n" + document + " ".repeat(1 << 20)));
        }
    }

    @Test
    @DisplayName("A metadata document that points inward is not fetched")
    void documentThatPointsInward() {
        for (String id : new String[] {
            "https://inside.example.org/client.json", "https://10.0.0.1/client.json", "https://[fd00::1]/client.json"
        }) {
            assertUnknown(id);
        }
    }

    @Test
    @DisplayName("A metadata document that speaks of another client, or has a secret for all to read, is none")
    void documentThatLies() {
        try (ClientHost host = new ClientHost()) {
            String document = ClientHost.document("https://client.example.com/client.json", PUBLISHED_REDIRECT);
            assertUnknown(host.say("/client.json", "", document));
            assertUnknown(host.say(
                    "/secret.json",
                    "",
                    ClientHost.document(host.id("/secret.json"), PUBLISHED_REDIRECT)
                            .replace("\"none\"", "\"client_secret_basic\", \"client_secret\": \"0123456789abcdef\"")));
        }
    }

    @Test
    @DisplayName("A metadata document that changes takes no answers any more where it did, and gets no code for it")
    void documentThatChanges() {
        try (ClientHost host = new ClientHost()) {
            String id = host.publish("/client.json", PUBLISHED_REDIRECT);
            Assistant published = new Assistant(api, id, PUBLISHED_REDIRECT);
            Answer question = browser.get(AUTHORIZE + published.query(ALL));
            assertThat(question.status()).isEqualTo(200);
            assertThat(question.html().text()).contains("images.example.org");

            host.publish("/client.json", "https://images.example.org/other");
            context.getBean(MutableClock.class).advance(Duration.ofMinutes(6));
            Answer answer = browser.ownForm(AUTHORIZE + published.query(ALL), Map.of("do", "allow"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Location")).isEmpty();
            assertThat(grants()).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("Parameters that are there twice are refused, whichever of the two somebody might read")
    @Asvs("15.3.7")
    void parametersTwice() {
        String query = assistant.query(ALL);
        assertThat(browser.get(AUTHORIZE + query + "&redirect_uri=https%3A%2F%2Fevil.example.com%2F")
                        .header("Location"))
                .isEmpty();
        assertThat(browser.get(AUTHORIZE + query + "&client_id=nobody").header("Location"))
                .isEmpty();
        for (String more : new String[] {"scope=profile:read", "state=a", "code_challenge_method=plain"}) {
            URI to = URI.create(browser.get(AUTHORIZE + query + "&" + more).header("Location"));
            assertThat(to.toString()).startsWith(PredefinedClients.REDIRECT + "?");
            assertThat(Assistant.parameters(to)).containsEntry("error", List.of("invalid_request"));
        }
    }

    private Map<String, String> with(String name, String value) {
        Map<String, String> request = assistant.request(ALL);
        request.put(name, value);
        return request;
    }

    /** Where the browser of somebody signed in is led with a request that differs in this. */
    private URI error(Map<String, String> differing) {
        Map<String, String> request = assistant.request(ALL);
        request.putAll(differing);
        request.values().removeIf(String::isEmpty);
        for (Answer answer : Stream.of(
                        browser.get(AUTHORIZE + Assistant.query(request)),
                        browser.ownForm(AUTHORIZE + Assistant.query(request), Map.of("do", "allow")))
                .toList()) {
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.header("Location"))
                    .startsWith(PredefinedClients.REDIRECT + "?")
                    .contains("error=")
                    .doesNotContain("code=");
        }
        return URI.create(browser.get(AUTHORIZE + Assistant.query(request)).header("Location"));
    }

    private void assertLedNowhere(Map<String, String> request, String what) {
        for (Answer answer : List.of(
                browser.get(AUTHORIZE + Assistant.query(request)),
                browser.ownForm(AUTHORIZE + Assistant.query(request), Map.of("do", "allow")))) {
            assertThat(answer.status()).as(what).isEqualTo(400);
            assertThat(answer.header("Location")).as(what).isEmpty();
        }
    }

    private void assertUnknown(String clientId) {
        Assistant published = new Assistant(api, clientId, PUBLISHED_REDIRECT);
        for (Answer answer : List.of(
                browser.get(AUTHORIZE + published.query(ALL)),
                browser.ownForm(AUTHORIZE + published.query(ALL), Map.of("do", "allow")))) {
            assertThat(answer.status()).as(clientId).isBetween(400, 503);
            assertThat(answer.header("Location")).as(clientId).isEmpty();
        }
        assertThat(grants()).isEqualTo(before);
    }

    private URI allow(String query) {
        Answer answer = browser.ownForm(AUTHORIZE + query, Map.of("do", "allow"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(303);
        return URI.create(answer.header("Location"));
    }

    private static String code(URI granted) {
        return Assistant.parameters(granted).get("code").getFirst();
    }

    private String registered(String redirectUri) {
        return api.post("/oauth/register", Map.of("redirect_uris", List.of(redirectUri)))
                .text("client_id");
    }

    private void assertDead(Answer tokens) {
        assertThat(context.getBean(Grants.class).find(tokens.text("access_token")))
                .isEmpty();
        assertRefused(assistant.refresh(tokens.text("refresh_token")), "invalid_grant");
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(answer.json().has("access_token")).isFalse();
    }

    /** Those of the victim. */
    private long grants() {
        return Sql.count(
                context,
                "SELECT COUNT(*) FROM grants JOIN sessions ON sessions.id = grants.id WHERE account_id = '"
                        + victim.id() + "'");
    }
}
