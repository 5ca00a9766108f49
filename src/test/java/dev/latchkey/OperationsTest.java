package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Client;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.RawConnection;
import dev.latchkey.support.RawConnection.Answer;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OperationsTest {
    private static final String KEY = "b3V0c2lkZQ+/0123456789==";

    private final EmbeddedServer server = Contexts.server(
            Database.SQLITE, Map.of("test.edge", true, "latchkey.metrics-keys", "another-key-0123456789," + KEY));

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/liveness", "/health/readiness"})
    @DisplayName("A healthy server says UP and nothing about its insides")
    void saysThatItIsWell(String path) {
        Answer answer = get(path);

        assertThat(answer.status()).isEqualTo(200);
        // The parts and their states are nobody's business but the operator's.
        assertThat(answer.body()).contains("\"status\":\"UP\"").contains("\"details\":null");
    }

    @Test
    @DisplayName("Metrics name routes, never the addresses that were asked for")
    void measuresByRoute() {
        get("/test-edge/value/4711");
        get("/edit/token-4711");
        get("/nowhere/token-4711");

        Answer metrics = get("/prometheus", "Authorization: Bearer " + KEY + "\r\n");
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.body())
                .contains("http_server_requests_seconds_count", "uri=\"/test-edge/value/{number}\"")
                .doesNotContain("4711");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Authorization: Bearer test-action-key-0123456789\r\n",
                "Authorization: Bearer another-key-012345678\r\n",
                "Authorization: Bearer \r\n",
                "Authorization: Bearer another-key-0123456789\r\nAuthorization: Bearer another-key-0123456789\r\n"
            })
    @DisplayName("Metrics are for those who hold their key")
    void keepsItsMetricsFromEverybodyElse(String header) {
        for (String path : List.of("/prometheus", "/prometheus/")) {
            Answer refused = get(path, header);
            assertThat(refused.status()).isIn(401, 404);
            assertThat(refused.body()).doesNotContain("latchkey_");
        }
        assertThat(get("/prometheus", header).header("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    @DisplayName("Without a key of their own there are no metrics outside dev, and in dev everybody sees them")
    void hasNoMetricsWithoutAKey() {
        try (EmbeddedServer bare = Contexts.serve(Database.SQLITE, Map.of())) {
            assertThat(RawConnection.send(bare, "GET /prometheus HTTP/1.1\r\nHost: a\r\n\r\n")
                            .status())
                    .isEqualTo(404);
        }
        assertThat(Client.shared().get("/prometheus").status()).isEqualTo(200);
    }

    private Answer get(String path) {
        return get(path, "");
    }

    private Answer get(String path, String header) {
        return RawConnection.send(server, "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + header + "\r\n");
    }
}
