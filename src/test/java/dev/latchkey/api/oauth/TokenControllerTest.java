package dev.latchkey.api.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.latchkey.account.Account;
import dev.latchkey.oauth.Grant;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.oauth.Grants;
import dev.latchkey.oauth.client.PredefinedClients;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenControllerTest {
    private static final String ALL = "profile:read profile:propose offline_access";
    private static final String CREDENTIALS = new ClientSecretBasic(
                    new ClientID(PredefinedClients.CLOSED), new Secret(PredefinedClients.SECRET))
            .toHTTPAuthorizationHeader();

    private final EmbeddedServer server = Contexts.server(Database.SQLITE, PredefinedClients.SETTINGS);
    private final ApplicationContext context = server.getApplicationContext();
    private final Account somebody = People.somebody(context);
    private final Api api = new Api(server);
    private final Assistant assistant = new Assistant(server);

    @Test
    @DisplayName("A code and its verifier are exchanged for a bearer token of an hour and a refresh token")
    void exchangesACode() {
        Answer answer = assistant.redeem(assistant.code(context, somebody, ALL));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.text("token_type")).isEqualTo("Bearer");
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(3600);
        assertThat(answer.text("scope")).isEqualTo(ALL);
        assertThat(answer.text("refresh_token")).isNotEmpty();
        assertThat(grant(answer)).isPresent();
    }

    @Test
    @DisplayName("Without offline_access there is no refresh token")
    void givesNoRefreshTokenUnasked() {
        Answer answer = assistant.redeem(assistant.code(context, somebody, "profile:read"));

        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(answer.text("scope")).isEqualTo("profile:read");
    }

    @Test
    @DisplayName("A refresh token is exchanged for new tokens, which may be for less")
    void refreshes() {
        Answer first = assistant.redeem(assistant.code(context, somebody, ALL));
        Answer second = assistant.refresh(first.text("refresh_token"));
        Map<String, String> less = new HashMap<>(Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                second.text("refresh_token"),
                "client_id",
                assistant.clientId,
                "scope",
                "profile:read"));
        Answer third = assistant.token(less);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("refresh_token")).isNotEqualTo(first.text("refresh_token"));
        assertThat(second.text("scope")).isEqualTo(ALL);
        assertThat(third.text("scope")).isEqualTo("profile:read");
        assertThat(grant(third).orElseThrow().scopes()).containsExactly(GrantScope.READ);
        less.put("refresh_token", third.text("refresh_token"));
        less.put("scope", "openid");
        assertRefused(assistant.token(less), 400, "invalid_scope");
        less.remove("scope");
        assertThat(assistant.token(less).text("scope")).as("what was allowed").isEqualTo(ALL);
    }

    @Test
    @DisplayName("More than was allowed is invalid_scope, and the refresh token still works")
    @Asvs("10.4.11")
    void givesNoMoreThanWasAllowed() {
        Answer first = assistant.redeem(assistant.code(context, somebody, "profile:read offline_access"));

        assertRefused(
                assistant.token(Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        first.text("refresh_token"),
                        "client_id",
                        assistant.clientId,
                        "scope",
                        "profile:read profile:propose")),
                400,
                "invalid_scope");
        assertThat(assistant.refresh(first.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("What is revoked is gone, whichever token of the grant it was; what is none is no error")
    void revokes() {
        Answer one = assistant.redeem(assistant.code(context, somebody, ALL));
        Answer other = assistant.redeem(assistant.code(context, somebody, ALL));

        Answer done = assistant.revoke(one.text("access_token"));
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.text()).isEmpty();
        assertThat(done.header("Cache-Control")).isEqualTo("no-store");
        assertThat(grant(one)).isEmpty();
        assertRefused(assistant.refresh(one.text("refresh_token")), 400, "invalid_grant");
        assertThat(grant(other)).isPresent();
        assertThat(assistant.revoke(other.text("refresh_token")).status()).isEqualTo(200);
        assertThat(grant(other)).isEmpty();
        assertThat(assistant.revoke(other.text("refresh_token")).status()).isEqualTo(200);
        assertThat(assistant.revoke("no token at all").status()).isEqualTo(200);
        assertRefused(api.form("/oauth/revoke", "client_id=" + assistant.clientId), 400, "invalid_request");
    }

    @Test
    @DisplayName("A client with a secret proves itself by Basic, with the secret encoded or as it is")
    void takesASecretByBasic() {
        Assistant closed = closed("Authorization", CREDENTIALS);
        Answer answer = closed.redeem(closed.code(context, somebody, ALL));
        assertThat(answer.status()).isEqualTo(200);

        Assistant plain = closed("Authorization", basic(PredefinedClients.CLOSED + ":" + PredefinedClients.SECRET));
        Answer again = plain.refresh(answer.text("refresh_token"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(plain.revoke(again.text("access_token")).status()).isEqualTo(200);
        assertThat(grant(again)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("A client that does not prove itself is invalid_client, with how it could")
    @ValueSource(
            strings = {
                "",
                "Basic !",
                "Basic",
                "Bearer abc",
                "Basic ZXhhbXBsZS1zZXJ2ZXI6",
                "Basic ZXhhbXBsZS1zZXJ2ZXI6d3Jvbmctd3Jvbmctd3Jvbmc="
            })
    @Asvs("10.4.10")
    void refusesWhoDoesNotProveItself(String header) {
        Assistant closed = header.isEmpty() ? closed() : closed("Authorization", header);
        String code = closed.code(context, somebody, ALL);

        Answer answer = closed.redeem(code);
        assertRefused(answer, 401, "invalid_client");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic");
        assertThat(closed("Authorization", CREDENTIALS)
                        .token(closed.exchange(code))
                        .status())
                .as("the code was not spent")
                .isEqualTo(200);
    }

    @Test
    @DisplayName("A secret in the body, an assertion, and a secret of one that has none are invalid_client")
    void refusesOtherProofs() {
        Assistant closed = closed();
        Map<String, String> exchange = closed.exchange(closed.code(context, somebody, ALL));
        exchange.put("client_secret", PredefinedClients.SECRET);
        assertRefused(closed.token(exchange), 401, "invalid_client");

        exchange.remove("client_secret");
        exchange.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        exchange.put("client_assertion", "eyJhbGciOiJub25lIn0.e30.");
        assertRefused(closed.token(exchange), 401, "invalid_client");

        Map<String, String> open = assistant.exchange(assistant.code(context, somebody, ALL));
        open.put("client_secret", "anything that it has");
        assertRefused(assistant.token(open), 401, "invalid_client");
        open.put("client_secret", "");
        assertThat(assistant.token(open).status())
                .as("what has no value was left out")
                .isEqualTo(200);
    }

    @Test
    @DisplayName("Thirty wrong secrets from one place in an hour are enough; other places and clients go on")
    void slowsDownGuessing() {
        EmbeddedServer fresh = Contexts.serve(Database.SQLITE, PredefinedClients.SETTINGS);
        try (fresh) {
            String wrong = basic(PredefinedClients.CLOSED + ":wrong-wrong-wrong-wrong");
            Answer answer = null;
            for (int i = 0; i < 31; i++) {
                answer = new Api(fresh, "127.0.0.9").form("/oauth/revoke", "token=a", "Authorization", wrong);
            }
            assertRefused(answer, 429, "temporarily_unavailable");
            assertThat(answer.header("Retry-After")).isNotEmpty();
            assertThat(new Api(fresh, "127.0.0.9")
                            .form("/oauth/revoke", "token=a", "Authorization", CREDENTIALS)
                            .status())
                    .isEqualTo(429);
            assertThat(new Api(fresh, "127.0.0.10")
                            .form("/oauth/revoke", "token=a", "Authorization", CREDENTIALS)
                            .status())
                    .isEqualTo(200);
            assertThat(new Api(fresh, "127.0.0.9")
                            .form("/oauth/revoke", "token=a&client_id=" + PredefinedClients.OPEN)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("A grant is exchanged at most 60 times in an hour, and what it had then still works later")
    void slowsDownOneGrant() {
        Answer answer = assistant.redeem(assistant.code(context, somebody, ALL));
        String last = "";
        for (int i = 0; i < 70 && answer.status() == 200; i++) {
            last = answer.text("refresh_token");
            answer = assistant.refresh(last);
        }
        assertRefused(answer, 429, "temporarily_unavailable");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertRefused(assistant.refresh(last), 429, "temporarily_unavailable");
        assertThat(assistant.redeem(assistant.code(context, somebody, ALL)).status())
                .as("another grant goes on")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @DisplayName("Requests that are no requests are told so in the protocol's words")
    @CsvSource(
            delimiter = '|',
            value = {
                "''|400|invalid_request",
                "grant_type=authorization_code|400|invalid_request",
                "client_id=example-assistant|400|invalid_request",
                "client_id=example-assistant&grant_type=|400|invalid_request",
                "client_id=example-assistant&grant_type=authorization_code|400|invalid_request",
                "client_id=example-assistant&grant_type=authorization_code&code=a|400|invalid_request",
                "client_id=example-assistant&grant_type=authorization_code&code=a&code_verifier=b|400|invalid_grant",
                "client_id=example-assistant&grant_type=authorization_code&code=a&code=a&code_verifier=b|400|invalid_request",
                "client_id=example-assistant&client_id=example-assistant&grant_type=refresh_token&refresh_token=a|400|invalid_request",
                "client_id=example-assistant&grant_type=refresh_token&grant_type=refresh_token&refresh_token=a|400|invalid_request",
                "client_id=example-assistant&grant_type=refresh_token&refresh_token=a&x=1&x=2|400|invalid_request",
                "client_id=example-assistant&grant_type=refresh_token&refresh_token=a%zz|400|invalid_request",
                "client_id=example-assistant&grant_type=refresh_token&refresh_token=%ff%00|400|invalid_grant",
                "client_id=example-assistant&grant_type=refresh_token&refresh_token=a|400|invalid_grant",
                "client_id=example-assistant&grant_type=refresh_token&refresh_token=a&resource=https://other.example.com|400|invalid_target",
                "client_id=example-assistant&grant_type=refresh_token&refresh_token=a&resource=mcp|400|invalid_target",
                "client_id=example-assistant&grant_type=password&username=a&password=b|400|unsupported_grant_type",
                "client_id=example-assistant&grant_type=client_credentials|400|unsupported_grant_type",
                "client_id=example-assistant&grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=a|400|unsupported_grant_type",
                "client_id=nobody&grant_type=refresh_token&refresh_token=a|401|invalid_client",
                "client_id=https://client.example.com&grant_type=refresh_token&refresh_token=a|401|invalid_client",
                "client_id=https://client.example.com/client.json&grant_type=refresh_token&refresh_token=a|400|invalid_grant"
            })
    @Asvs("10.4.4")
    void refusesInTheProtocolsWords(String body, int status, String error) {
        assertRefused(api.form("/oauth/token", body), status, error);
    }

    @Test
    @DisplayName("Bodies of another kind, too large, or unreadable are 400 invalid_request")
    void refusesOtherBodies() {
        for (String path : new String[] {"/oauth/token", "/oauth/revoke"}) {
            String form = "client_id=example-assistant&grant_type=refresh_token&refresh_token=a&token=a";
            assertRefused(api.post(path, Map.of("grant_type", "refresh_token")), 400, "invalid_request");
            assertRefused(api.post(path, form, "Content-Type", "text/plain"), 400, "invalid_request");
            assertRefused(
                    api.post(path, form, "Content-Type", "multipart/form-data; boundary=a"), 400, "invalid_request");
            assertRefused(
                    api.post(path, form, "Content-Type", "application/x-www-form-urlencoded; charset=none"),
                    400,
                    "invalid_request");
            assertRefused(api.send("POST", path, null), 400, "invalid_request");
            assertRefused(api.form(path, form + "&x=" + "y".repeat(70_000)), 400, "invalid_request");
            assertRefused(api.form(path, form + "&x=" + "y".repeat(17 << 20)), 400, "invalid_request");
            assertRefused(
                    api.post(
                            path,
                            "token=\u00e9".getBytes(StandardCharsets.ISO_8859_1),
                            "Content-Type",
                            "application/x-www-form-urlencoded"),
                    400,
                    "invalid_request");
            assertRefused(api.get(path), 405, "invalid_request");
        }
    }

    private Assistant closed(String... credentials) {
        return new Assistant(api, PredefinedClients.CLOSED, PredefinedClients.CLOSED_REDIRECT, credentials);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private java.util.Optional<Grant> grant(Answer tokens) {
        return context.getBean(Grants.class).find(tokens.text("access_token"));
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }
}
