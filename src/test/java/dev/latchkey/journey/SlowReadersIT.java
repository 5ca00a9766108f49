package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.RawConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A crowd of slow callers of each kind, and one who only wants to know the version, with 256 MB of heap. */
final class SlowReadersIT {
    /** Far above what it takes, as machines that run tests are busy; before there were bounds, nobody was answered. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final int CROWD = 600;

    private static LatchkeyJar server;

    @BeforeAll
    static void start() {
        server = LatchkeyJar.dev(Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** {@code ~} stands for a line break. */
    @ParameterizedTest(name = "{0}")
    @DisplayName("Whoever is slow waits alone")
    @CsvSource(delimiter = '|', textBlock = """
            answers asked for ahead and not read | 60 | GET /assets/latchkey.css HTTP/1.1~Host: localhost~~
            large answers that are not read      | 12 | GET /docs/account-api HTTP/1.1~Host: localhost~~
            heads that do not end                | 1  | GET /version HTTP/1.1~Host: localhost~X:
            bodies that do not end               | 1  | POST /login HTTP/1.1~Host: localhost~Content-Type: application/json~Content-Length: 50000~~{
            uploads that do not end              | 1  | POST /api/update/save HTTP/1.1~Host: localhost~Content-Type: multipart/form-data; boundary=b~Content-Length: 50000~~--b~Content-Disposition: form-data; name="photo"; filename="a"~~x
            connections that ask for nothing     | 1  | ~
            """)
    void letsOthersThrough(String what, int times, String request) {
        List<RawConnection> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(connect().send(request.replace("~", "\r\n").repeat(times)));
            }
            for (int i = 0; i < 30; i++) {
                long before = System.nanoTime();
                try (RawConnection other = connect()) {
                    other.send("GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    assertThat(other.read().status()).as(what).isEqualTo(200);
                }
                assertThat(Duration.ofNanos(System.nanoTime() - before))
                        .as(what)
                        .isLessThan(LONGEST);
            }
        } finally {
            crowd.forEach(RawConnection::close);
        }
        assertThat(server.output()).doesNotContain("OutOfMemoryError");
    }

    private static RawConnection connect() {
        return new RawConnection("localhost", URI.create(server.origin()).getPort());
    }
}
