package dev.latchkey.api.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndoControllerTest {
    private final EmbeddedServer server = Contexts.server(
            Database.SQLITE,
            Map.of(
                    "test.clock",
                    true,
                    "latchkey.links-per-minute",
                    1000,
                    "latchkey.links-per-hour",
                    1000,
                    "latchkey.allowed-origins",
                    "https://app.example.org"));
    private final Api api = new Api(server);
    private final Account somebody = People.somebody(server.getApplicationContext());

    @Test
    @DisplayName("the token of a notice puts back what was saved, once, and Status tells it")
    void undoesOnce() {
        save("First");
        String init = api.action(
                        "/api/update/init", Map.of("email", somebody.email().value()))
                .json()
                .path("requestId")
                .asText();
        String token = Links.arrived(server.getApplicationContext(), UUID.fromString(init));
        api.post("/api/update/save", Map.of("token", token, "bio", "Second"));
        assertThat(api.status(init).json().path("state").asText()).isEqualTo("saved");

        String undo = Links.undo(server.getApplicationContext(), somebody);
        Answer undone = api.post("/api/update/undo", Map.of("token", undo));
        assertThat(undone.status()).isEqualTo(200);
        assertThat(undone.json().path("status").asText()).isEqualTo("undone");
        assertThat(undone.json().path("restored").toString()).isEqualTo("[\"bio\"]");
        assertThat(bio()).isEqualTo("First");
        Answer status = api.status(init);
        assertThat(status.json().path("state").asText()).isEqualTo("undone");
        assertThat(status.json().path("changed").toString()).isEqualTo("[\"bio\"]");
        assertThat(status.json().path("instructions").asText()).contains("undone");

        Answer again = api.post("/api/update/undo", Map.of("token", undo));
        assertThat(again.status()).isEqualTo(410);
        assertThat(again.json().path("type").asText()).isEqualTo("/problems/link-used");
        assertThat(again.json().path("usedAt").asText()).isNotEmpty();
    }

    @Test
    @DisplayName("a link that saved something answers as used, also when that was undone")
    void staysUsedWhenItsChangeWasUndone() {
        String token = save("First");
        api.post("/api/update/undo", Map.of("token", Links.undo(server.getApplicationContext(), somebody)));
        Answer load = api.post("/api/update/load", Map.of("token", token));
        assertThat(load.status()).isEqualTo(410);
        assertThat(load.json().path("type").asText()).isEqualTo("/problems/link-used");
    }

    @Test
    @DisplayName("after its time is over a change cannot be undone")
    void expires() {
        save("First");
        String undo = Links.undo(server.getApplicationContext(), somebody);
        server.getApplicationContext().getBean(MutableClock.class).advance(Duration.ofHours(72));
        Answer late = api.post("/api/update/undo", Map.of("token", undo));
        assertThat(late.status()).isEqualTo(410);
        assertThat(late.json().path("type").asText()).isEqualTo("/problems/link-expired");
        assertThat(bio()).isEqualTo("First");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghij"})
    @DisplayName("a forged token is unknown")
    void knowsNoForgedToken(String forged) {
        Answer unknown = api.post("/api/update/undo", Map.of("token", forged));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("type").asText()).isEqualTo("/problems/link-unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"token\": \"\"}", "{\"token\": 5}", "[]", "x"})
    @DisplayName("a body without a token is a bad request")
    void asksForAToken(String body) {
        assertThat(api.send("POST", "/api/update/undo", body, "Content-Type", "application/json")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("other front ends may call it")
    void answersOtherOrigins() {
        Answer preflight = api.send(
                "OPTIONS",
                "/api/update/undo",
                null,
                "Origin",
                "https://app.example.org",
                "Access-Control-Request-Method",
                "POST");
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.org");
    }

    private String save(String bio) {
        String token = Links.fresh(server.getApplicationContext(), somebody);
        assertThat(api.post("/api/update/save", Map.of("token", token, "bio", bio))
                        .status())
                .isEqualTo(200);
        return token;
    }

    private String bio() {
        String token = Links.fresh(server.getApplicationContext(), somebody);
        return api.post("/api/update/load", Map.of("token", token))
                .json()
                .path("bio")
                .asText();
    }
}
