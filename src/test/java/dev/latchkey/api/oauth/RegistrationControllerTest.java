package dev.latchkey.api.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.database.Cleaning;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class RegistrationControllerTest {
    static final Map<String, Object> OPEN = Map.of("latchkey.oauth-registration", "true", "test.clock", true);

    private static final String PATH = "/oauth/register";
    private static final String REDIRECT = "http://localhost/callback";

    private final EmbeddedServer server;
    private final ApplicationContext context;
    private final MutableClock clock;
    private final Api api;

    RegistrationControllerTest(Database database) {
        server = Contexts.server(database, OPEN);
        context = server.getApplicationContext();
        clock = context.getBean(MutableClock.class);
        clock.advance(Duration.ofHours(2));
        api = new Api(server);
    }

    @Test
    @DisplayName("A client gets an id, and is told what it is now: a public one")
    void takesAClientIn() {
        Answer answer = api.post(
                PATH,
                Map.of(
                        "client_name",
                        "Example\u202e Assistant",
                        "redirect_uris",
                        List.of(REDIRECT, "https://client.example.com/callback"),
                        "token_endpoint_auth_method",
                        "client_secret_basic",
                        "application_type",
                        "native",
                        "grant_types",
                        List.of("authorization_code", "refresh_token"),
                        "scope",
                        "profile:read"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        JsonNode client = answer.json();
        assertThat(client.path("client_id").asText()).matches("[A-Za-z0-9_-]{24}");
        assertThat(client.path("client_id_issued_at").asLong())
                .isEqualTo(clock.instant().getEpochSecond());
        assertThat(client.path("client_name").asText()).isEqualTo("Example Assistant");
        assertThat(client.path("redirect_uris"))
                .extracting(JsonNode::asText)
                .containsExactly(REDIRECT, "https://client.example.com/callback");
        assertThat(client.path("token_endpoint_auth_method").asText()).isEqualTo("none");
        assertThat(client.path("grant_types"))
                .extracting(JsonNode::asText)
                .containsExactly("authorization_code", "refresh_token");
        assertThat(client.path("response_types")).extracting(JsonNode::asText).containsExactly("code");
        assertThat(client.has("client_secret")).isFalse();
    }

    @Test
    @DisplayName("It can ask then, be answered at any port of its own machine, and get tokens")
    void servesARegisteredClient() {
        Assistant assistant = new Assistant(api, register(REDIRECT), "http://localhost:43210/callback");

        Answer tokens = assistant.redeem(assistant.code(context, People.somebody(context), "profile:read"));
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.text("scope")).isEqualTo("profile:read");
    }

    @Test
    @DisplayName("What cannot be a client is refused in RFC 7591's words, and nothing is kept")
    @Asvs("10.4.7")
    void refusesWhatCannotBeAClient() {
        long before = clients();
        for (String redirect : new String[] {
            "http://client.example.com/callback",
            "https://client.example.com/callback#a",
            "https://a@client.example.com/callback",
            "javascript:alert(1)",
            "data:text/html,a",
            "view-source:https://client.example.com/",
            "urn:ietf:wg:oauth:2.0:oob",
            "https://*.example.com/callback",
            "https://client.example.com/callback?code=a",
            "callback",
            "https://client.example.com/a b",
            "https://client.example.com/caf\u00e9",
            ""
        }) {
            assertThat(api.post(PATH, Map.of("redirect_uris", List.of(redirect)))
                            .text("error"))
                    .as(redirect)
                    .isEqualTo("invalid_redirect_uri");
        }
        assertRefused(Map.of(), "invalid_redirect_uri");
        assertRefused(Map.of("redirect_uris", List.of()), "invalid_redirect_uri");
        assertRefused(Map.of("redirect_uris", REDIRECT), "invalid_client_metadata");
        assertRefused(Map.of("redirect_uris", List.of(1)), "invalid_client_metadata");
        assertRefused("{\"redirect_uris\": [null]}", "invalid_client_metadata");
        assertRefused(Map.of("redirect_uris", List.of(REDIRECT), "client_name", 1), "invalid_client_metadata");
        assertRefused(
                Map.of("redirect_uris", List.of(REDIRECT), "client_name", "a".repeat(101)), "invalid_client_metadata");
        assertRefused(
                Map.of("redirect_uris", List.of(REDIRECT), "token_endpoint_auth_method", "private_key_jwt"),
                "invalid_client_metadata");
        assertRefused(
                Map.of("redirect_uris", List.of(REDIRECT), "grant_types", List.of("implicit")),
                "invalid_client_metadata");
        assertRefused(
                Map.of("redirect_uris", List.of(REDIRECT), "response_types", List.of("token")),
                "invalid_client_metadata");
        assertRefused("[]", "invalid_request");
        assertRefused("{", "invalid_request");
        assertRefused("{\"a\":".repeat(500), "invalid_request");
        assertRefused("{\"client_name\": \"" + "a".repeat(70_000) + "\"}", "invalid_request");
        assertThat(api.post(PATH, "{}", "Content-Type", "text/plain").text("error"))
                .isEqualTo("invalid_request");
        assertThat(clients()).isEqualTo(before);
    }

    @Test
    @DisplayName("One caller registers few at once; others go on")
    void slowsDownOneCaller() {
        Answer answer = null;
        for (int i = 0; i < 21; i++) {
            answer = new Api(server, "127.0.0.20").post(PATH, Map.of("redirect_uris", List.of(REDIRECT)));
        }
        assertThat(answer).isNotNull();
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text("error")).isEqualTo("temporarily_unavailable");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(new Api(server, "127.0.0.21")
                        .post(PATH, Map.of("redirect_uris", List.of(REDIRECT)))
                        .status())
                .isEqualTo(201);
    }

    @Test
    @DisplayName("One that is never used is forgotten after a day, one that was after 90 days without use")
    void forgetsThoseThatNobodyUses() {
        Assistant used = new Assistant(api, register(REDIRECT), REDIRECT);
        String unused = register(REDIRECT);
        Answer tokens = used.redeem(used.code(context, People.somebody(context), "profile:read offline_access"));

        clock.advance(Duration.ofHours(25));
        context.getBean(Cleaning.class).clean();
        assertThat(clients("id = '" + unused + "'")).isZero();
        assertThat(new Assistant(api, unused, REDIRECT).refresh("a").text("error"))
                .isEqualTo("invalid_client");

        clock.advance(Duration.ofDays(80));
        Answer later = used.refresh(tokens.text("refresh_token"));
        assertThat(later.status()).isEqualTo(200);
        clock.advance(Duration.ofDays(80));
        context.getBean(Cleaning.class).clean();
        assertThat(used.refresh(later.text("refresh_token")).status()).isEqualTo(200);
        clock.advance(Duration.ofDays(91));
        context.getBean(Cleaning.class).clean();
        assertThat(clients("id = '" + used.clientId + "'")).isZero();
    }

    private String register(String redirectUri) {
        return api.post(PATH, Map.of("redirect_uris", List.of(redirectUri))).text("client_id");
    }

    private void assertRefused(Object body, String error) {
        Answer answer = api.post(PATH, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.text("error")).as(String.valueOf(body)).isEqualTo(error);
        assertThat(answer.text("error_description")).isNotEmpty();
    }

    private long clients() {
        return clients("1 = 1");
    }

    private long clients(String which) {
        return Sql.count(context, "SELECT COUNT(*) FROM oauth_clients WHERE " + which);
    }
}
