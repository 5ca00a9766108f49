package dev.latchkey.devinbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.RawConnection;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalHostFilterTest {
    private final EmbeddedServer server = dev(Map.of());

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("A dev server listens on this machine alone, whatever host is set")
    void listensOnLoopback() {
        assertThat(server.getApplicationContext()
                        .getBean(HttpServerConfiguration.class)
                        .getHost())
                .contains("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:8080", "latchkey.localhost", "127.0.0.1:8080", "127.1.2.3", "[::1]:8080"
            })
    @DisplayName("A dev server answers under this machine's own names")
    void answersAsLocalhost(String host) {
        assertThat(status(server, "/dev/inbox", host)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inbox.example.com",
                "10.0.0.7:8080",
                "localhost.example.com",
                "127.0.0.1.example.com",
                "notlocalhost",
                "[::2]",
                "localhost@example.com"
            })
    @DisplayName("A dev server answers 403 under any other name, at every address")
    void refusesOtherNames(String host) {
        for (String path : new String[] {"/dev/inbox", "/dev/inbox/messages", "/", "/health", "/nothing"}) {
            assertThat(status(server, path, host)).as(path).isIn(400, 403);
        }
    }

    @Test
    @DisplayName("LATCHKEY_DEV_OPEN lets a dev server answer under any name")
    void opensOnRequest() {
        try (EmbeddedServer open = dev(Map.of("latchkey.dev-open", true))) {
            assertThat(status(open, "/dev/inbox", "inbox.example.com")).isEqualTo(200);
        }
    }

    private static EmbeddedServer dev(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "micronaut.server.host", "0.0.0.0",
                "latchkey.dev-smtp-port", 0,
                "latchkey.dev-imap-port", 0,
                "latchkey.smtp.port", 0));
        settings.putAll(more);
        return Contexts.serveDev(Database.SQLITE.fresh(), settings);
    }

    private static int status(EmbeddedServer server, String path, String host) {
        return RawConnection.send(
                        server, "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                .status();
    }
}
