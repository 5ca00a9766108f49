package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What whoever used up their own budget is told, at each door without a key; and that others are served. */
class TooManyRequestsTest {
    private final EmbeddedServer server = Contexts.server(
            Database.SQLITE,
            Map.of(
                    "test.clock", true,
                    "latchkey.links-per-hour", 1,
                    "latchkey.network-links-per-hour", 1,
                    "latchkey.mcp-links-per-hour", 1,
                    "latchkey.new-addresses-per-hour", 4));

    @Test
    @DisplayName("POST /auth/signup: a problem with Retry-After and a sentence")
    void tellsWhoSignsUpTooMany() {
        Api caller = new Api(server, "127.0.1.1");
        assertThat(signUp(caller, "a1@example.org").status()).isEqualTo(201);
        assertThat(signUp(caller, "a1@example.org").status())
                .as("asking for a taken one counts")
                .isEqualTo(409);

        Answer refused = signUp(caller, "a2@example.org");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.problem()).isEqualTo("too-many-requests");
        assertThat(refused.text("detail")).isEqualTo("Too many emails were requested. Try again in 30 minutes.");
        assertThat(refused.response().headers().firstValue("Retry-After")).hasValue("1800");
        assertThat(signUp(new Api(server, "127.0.1.2"), "a2@example.org").status())
                .isEqualTo(201);
    }

    @Test
    @DisplayName("POST /register: the session-key API's own body")
    void tellsWhoRegistersTooMany() {
        Api caller = new Api(server, "127.0.2.1");
        assertThat(register(caller, "b1@example.org").status()).isEqualTo(201);
        assertThat(register(caller, "b1@example.org").status()).isEqualTo(409);

        Answer refused = register(caller, "b2@example.org");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text()).isEqualTo("{\"message\":\"Too many attempts. Try again in 1800 seconds.\"}");
        assertThat(refused.response().headers().firstValue("Retry-After")).hasValue("1800");
    }

    @Test
    @DisplayName("/mcp: an error that says what is true, and nothing of a mailbox")
    void tellsWhoAsksForTooManyLinks() {
        Api caller = new Api(server, "127.0.3.1");
        assertThat(ask(caller, "c1@example.org").path("isError").asBoolean()).isFalse();

        var refused = ask(caller, "c2@example.org");
        assertThat(refused.path("isError").asBoolean()).isTrue();
        assertThat(refused.path("content").path(0).path("text").asText())
                .isEqualTo("Too many links were requested recently. Nothing was sent; another link can be requested in"
                        + " 60 minutes.");
        assertThat(ask(new Api(server, "127.0.3.2"), "c2@example.org")
                        .path("isError")
                        .asBoolean())
                .isFalse();
    }

    @Test
    @DisplayName("POST /link: a page with Retry-After")
    void tellsWhoAsksForTooManyLinksOnThePage() {
        Api caller = new Api(server, "127.0.4.1");
        assertThat(link(caller, "d1%40example.org").status()).isEqualTo(200);

        Answer refused = link(caller, "d2%40example.org");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text()).contains("Too many links were requested from your network recently.");
        assertThat(refused.response().headers().firstValue("Retry-After")).hasValue("3600");
        assertThat(link(new Api(server, "127.0.4.2"), "d2%40example.org").status())
                .isEqualTo(200);
    }

    private static Answer signUp(Api caller, String email) {
        return caller.post("/auth/signup", "{\"email\": \"" + email + "\", \"password\": \"seven quiet otters\"}");
    }

    private static Answer register(Api caller, String email) {
        return caller.post("/register", "{\"email\": \"" + email + "\", \"password\": \"abc123\"}");
    }

    private static com.fasterxml.jackson.databind.JsonNode ask(Api caller, String email) {
        return caller.post(
                        "/mcp",
                        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\":"
                                + " \"request_profile_edit_link\", \"arguments\": {\"email\": \"" + email + "\"}}}")
                .json()
                .path("result");
    }

    private static Answer link(Api caller, String identifier) {
        return caller.form("/link", "identifier=" + identifier);
    }
}
