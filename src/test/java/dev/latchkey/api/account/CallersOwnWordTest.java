package dev.latchkey.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers say of their own address counts for nothing, and what a proxy says for all. */
class CallersOwnWordTest {
    private static EmbeddedServer direct;
    private static EmbeddedServer behindProxy;

    @BeforeAll
    static void start() {
        direct = Contexts.serve(Database.SQLITE, Map.of("test.clock", true));
        behindProxy = Contexts.serve(
                Database.SQLITE,
                Map.of("test.clock", true, "micronaut.server.client-address-header", "X-Forwarded-For"));
    }

    @AfterAll
    static void stop() {
        direct.close();
        behindProxy.close();
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-For, 10.1.0.", "Forwarded, for=10.1.0.", "X-Real-IP, 10.1.0."})
    @DisplayName("A header that no setting names does not make a new caller")
    @Asvs({"4.1.3", "15.3.4"})
    void headersThatNobodyNamedMoveNoBrake(String header, String value) {
        String email = "spoofed-" + header.toLowerCase(Locale.ROOT) + "@example.org";
        long slowed = IntStream.range(0, 8)
                .filter(i -> logIn(new Api(direct, "127.0.0.11"), email, header, value + i) == 429)
                .count();

        assertThat(slowed).isEqualTo(3);
        assertThat(logIn(new Api(direct, "127.0.0.12"), email, header, value + 0))
                .as("another caller is another caller")
                .isEqualTo(401);
    }

    @Test
    @DisplayName("The header that the setting names tells callers apart")
    void theNamedHeaderCounts() {
        Api proxy = new Api(behindProxy, "127.0.0.1");
        for (int i = 0; i < 5; i++) {
            assertThat(logIn(proxy, "eve@example.org", "X-Forwarded-For", "10.9.0.1"))
                    .isEqualTo(401);
        }

        assertThat(logIn(proxy, "eve@example.org", "X-Forwarded-For", "10.9.0.1:4711"))
                .isEqualTo(429);
        assertThat(logIn(proxy, "eve@example.org", "X-Forwarded-For", "10.9.0.2"))
                .isEqualTo(401);
    }

    @Test
    @DisplayName("A proxy that appends hands on what its caller wrote: all such calls count as one")
    void aHeaderOfSeveralEntriesIsTheProxysOwn() {
        Api proxy = new Api(behindProxy, "127.0.0.1");
        long slowed = IntStream.range(0, 8)
                .filter(i -> logIn(proxy, "fay@example.org", "X-Forwarded-For", "10.7.0." + i + ", 10.9.0.3") == 429)
                .count();

        assertThat(slowed).isEqualTo(3);
    }

    private static int logIn(Api api, String email, String header, String value) {
        return api.post("/auth/login", "{\"email\": \"" + email + "\", \"password\": \"wrong\"}", header, value)
                .status();
    }
}
