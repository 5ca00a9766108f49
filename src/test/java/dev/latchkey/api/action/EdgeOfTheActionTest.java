package dev.latchkey.api.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.RawConnection;
import dev.latchkey.support.RawConnection.Answer;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EdgeOfTheActionTest {
    private static final String KEY = "the-second-key-0123456789";
    private static final String FRIEND = "https://app.example.com";
    private final EmbeddedServer server = Contexts.server(
            Database.SQLITE,
            Map.of(
                    "test.edge", true,
                    "latchkey.action-keys",
                            "the-first-key-0123456789,Support Bot:a-named-key-0123456789,a:key:with:colons-0123," + KEY,
                    "latchkey.allowed-origins", FRIEND + ",https://other.example.com"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer the-first-key-0123456789",
                "bearer " + KEY,
                "Bearer  " + KEY,
                "Bearer a-named-key-0123456789",
                "Bearer a:key:with:colons-0123"
            })
    @DisplayName("Each configured key opens the action")
    void letsEachKeyIn(String authorization) {
        Answer answer = caller("Authorization: " + authorization);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("0123456789").contains("\"user\":\"null\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Nothing: 1",
                "Authorization: ",
                "Authorization: Bearer",
                "Authorization: Bearer ",
                "Authorization: Bearer wrong",
                "Authorization: Basic " + KEY,
                "Authorization: " + KEY,
                "Authorization: Bearer the-first-key-0123456789," + KEY,
                "Authorization: Bearer " + KEY + "\r\nAuthorization: Bearer wrong"
            })
    @DisplayName("Without a valid key nothing is done")
    void refusesOtherKeys(String header) {
        Answer answer = caller(header);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).contains("Bearer");
        assertThat(answer.body()).contains("/problems/unauthorized");
    }

    @Test
    @DisplayName("No spelling of the address gets around the key")
    @Asvs("8.2.1")
    void guardsEverySpelling() {
        for (String path : new String[] {"/test-edge/caller/", "/test-edge//caller", "/test-edge/caller?x=1"}) {
            assertThat(RawConnection.send(server, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")
                            .status())
                    .isIn(401, 404);
        }
    }

    @Test
    @DisplayName("The name of a key opens nothing, and the key is one assistant however it is presented")
    void namesAKey() {
        assertThat(caller("Authorization: Bearer Support Bot").status()).isEqualTo(401);
        assertThat(caller("Authorization: Bearer a-named-key-0123456789").body())
                .contains("\"assistant\":\"Support Bot\"")
                .isEqualTo(caller("Authorization: Bearer Support Bot:a-named-key-0123456789")
                        .body());
        assertThat(caller("Authorization: Bearer " + KEY).body()).contains("\"assistant\":\"null\"");
    }

    @Test
    @DisplayName("What the assistant tells about its user is kept as a digest only")
    void digestsHints() {
        Answer first = caller("Authorization: Bearer " + KEY + "\r\nopenai-ephemeral-user-id: hint-of-mine");
        Answer again = caller("Authorization: Bearer " + KEY + "\r\nopenai-ephemeral-user-id: hint-of-mine");
        Answer other = caller("Authorization: Bearer " + KEY + "\r\nopenai-conversation-id: hint-of-mine");

        assertThat(first.body())
                .isEqualTo(again.body())
                .isNotEqualTo(other.body())
                .doesNotContain("hint-of-mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/update/load", "/api/update/save", "/api/update/undo"})
    @DisplayName("A browser on an allowed origin may ask and may read the answer, errors too")
    void letsOriginsIn(String path) {
        Answer preflight = preflight(path, FRIEND);
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("access-control-allow-origin")).contains(FRIEND);
        assertThat(preflight.header("access-control-allow-methods")).contains("POST");
        assertThat(preflight.header("access-control-allow-headers")).contains("content-type");
        assertThat(preflight.header("access-control-allow-credentials")).isEmpty();

        Answer error = RawConnection.send(
                server,
                "POST " + path + " HTTP/1.1\r\nHost: a\r\nOrigin: " + FRIEND
                        + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]");
        assertThat(error.status()).isBetween(400, 499);
        assertThat(error.header("access-control-allow-origin")).contains(FRIEND);
        assertThat(error.header("access-control-expose-headers"))
                .contains("ETag,Retry-After,WWW-Authenticate,X-Request-Id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example.com", "http://app.example.com", "https://app.example.com.evil", "null"})
    @DisplayName("Other origins get no CORS header")
    @Asvs("3.4.2")
    void keepsOriginsOut(String origin) {
        Answer answer = preflight("/api/update/load", origin);

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.header("access-control-allow-origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/update/init", "/api/update/status/1", "/api/update/loads", "/profiles", "/"})
    @DisplayName("Other addresses are for no foreign origin")
    void keepsOtherAddressesClosed(String path) {
        assertThat(preflight(path, FRIEND).header("access-control-allow-origin"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    @DisplayName("Where no origin is set, there is none, however that is written")
    void takesNothingForNoOrigin(String none) {
        try (EmbeddedServer closed = Contexts.serve(Database.SQLITE, Map.of("latchkey.allowed-origins", none))) {
            assertThat(preflight(closed, "/api/update/load", FRIEND).header("access-control-allow-origin"))
                    .isEmpty();
        }
    }

    private Answer preflight(String path, String origin) {
        return preflight(server, path, origin);
    }

    private static Answer preflight(EmbeddedServer server, String path, String origin) {
        return RawConnection.send(
                server,
                "OPTIONS " + path + " HTTP/1.1\r\nHost: a\r\nOrigin: " + origin
                        + "\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n\r\n");
    }

    private Answer caller(String header) {
        return RawConnection.send(server, "GET /test-edge/caller HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n");
    }
}
