package dev.latchkey.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.EdgeController;
import dev.latchkey.support.RawConnection;
import dev.latchkey.support.RawConnection.Answer;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SlowCallersTest {
    private static final String GET = "GET /version HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LARGE = "GET /test-edge/large HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String PART = "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\n";
    private static final String END = "\r\n--b--\r\n";
    private static final String UPLOAD = "POST /test-edge/form HTTP/1.1\r\nHost: a\r\nContent-Length: "
            + (PART.length() + 2000 + END.length())
            + "\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n"
            + PART
            + "x".repeat(1000);

    private final EmbeddedServer server =
            Contexts.server(Database.SQLITE, Map.of("test.edge", true, "latchkey.connections", 600));

    @Test
    @DisplayName("A head that does not end is answered by 408 after ten seconds, and the connection closed")
    void endsHeads() {
        try (RawConnection half = new RawConnection(server).send("GET /ver");
                RawConnection open = new RawConnection(server).send("GET /version HTTP/1.1\r\nHost: a\r\nX: ");
                RawConnection quiet = new RawConnection(server).send("\r\n\r\n")) {
            for (RawConnection slow : List.of(half, open)) {
                Answer answer = slow.dripUntilAnswered('a').read();
                assertThat(answer.status()).isEqualTo(408);
                assertThat(answer.header("content-type")).contains("application/problem+json");
                assertThat(answer.header("connection")).contains("close");
                assertThat(answer.header("x-request-id")).isPresent();
                assertThat(answer.body()).contains("/problems/request-timeout");
                assertThat(slow.isClosed()).isTrue();
            }
            assertThat(quiet.send(GET).read().status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("A body that arrives in pieces is read to its end")
    void readsABodyInPieces() {
        try (RawConnection connection = new RawConnection(server)) {
            connection.send(UPLOAD);
            for (int i = 0; i < 1000; i++) {
                connection.send("y");
            }
            connection.send(END);
            Answer answer = connection.read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("\"photo.size\":2000");
        }
    }

    @Test
    @DisplayName("Requests that are sent ahead of their answers are answered in order")
    void answersPipelinedRequests() {
        String json = "{\"number\":7}";
        String post = "POST /test-edge/json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                + json.length() + "\r\n\r\n" + json;
        String chunked = "POST /test-edge/json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"num\r\n7\r\nber\":7}\r\n0\r\n\r\n";
        String head = "HEAD /test-edge/value/3 HTTP/1.1\r\nHost: a\r\n\r\n";
        try (RawConnection connection = new RawConnection(server)) {
            connection.send((post + GET + chunked + head).repeat(100));
            for (int i = 0; i < 100; i++) {
                assertThat(connection.read().body()).isEqualTo(json);
                assertThat(connection.read().body()).contains("User-Management-Service");
                assertThat(connection.read().body()).isEqualTo(json);
                assertThat(connection.readHead().header("content-length")).contains("3");
            }
        }
    }

    @Test
    @DisplayName("Whoever does not read gets few answers made, and all of them once they read")
    void makesFewAnswersAhead() {
        EdgeController edge = server.getApplicationContext().getBean(EdgeController.class);
        int before = edge.largeAnswers();
        try (RawConnection connection = new RawConnection(server)) {
            connection.send(LARGE.repeat(1000));
            AtomicInteger seen = new AtomicInteger(-1);
            await().pollInterval(Duration.ofMillis(500))
                    .until(() ->
                            edge.largeAnswers() > before && seen.getAndSet(edge.largeAnswers()) == edge.largeAnswers());

            // What the system's own buffers take, and a few more.
            assertThat(edge.largeAnswers() - before).isLessThan(150);
            for (int i = 0; i < 1000; i++) {
                assertThat(connection.read().body()).hasSize(100_000);
            }
        }
    }

    @Test
    @DisplayName("Of too many uploads that do not end as many are given up, and others get through")
    void boundsUnfinishedUploads() {
        List<RawConnection> uploads = new ArrayList<>();
        try {
            for (int i = 0; i < Connections.MOST_UNFINISHED + 3; i++) {
                uploads.add(new RawConnection(server).send(UPLOAD));
            }
            await().until(() ->
                    uploads.stream().filter(RawConnection::hasAnswer).count() >= 3);
            List<RawConnection> ended =
                    uploads.stream().filter(RawConnection::hasAnswer).toList();
            assertThat(ended).hasSize(3);
            for (RawConnection each : ended) {
                assertThat(each.read().status()).isEqualTo(408);
                assertThat(each.isClosed()).isTrue();
            }
            readsABodyInPieces();
        } finally {
            uploads.forEach(RawConnection::close);
        }
    }

    @Test
    @DisplayName("When there are too many connections, those that ask for nothing make room")
    void boundsConnections() {
        List<RawConnection> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 620; i++) {
                idle.add(new RawConnection(server));
            }
            // Connections are accepted in turn for two event loops: when the last two have answers, all have come.
            for (RawConnection last : idle.subList(618, 620)) {
                assertThat(last.send(GET).read().status()).isEqualTo(200);
            }
            assertThat(idle.stream().filter(SlowCallersTest::isAnswered).count())
                    .isBetween(500L, 600L);
        } finally {
            idle.forEach(RawConnection::close);
        }
    }

    private static boolean isAnswered(RawConnection connection) {
        try {
            return connection.send(GET).read().status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
