package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.RawHttp;
import dev.latchkey.support.RawHttp.Answer;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OperationsTest {
    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        server = Contexts.serve(Database.SQLITE, Map.of("test.edge", true));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

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

        Answer metrics = get("/prometheus");
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.body())
                .contains("http_server_requests_seconds_count", "uri=\"/test-edge/value/{number}\"")
                .doesNotContain("4711");
    }

    private static Answer get(String path) {
        return RawHttp.send(server, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }
}
