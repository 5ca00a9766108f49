package dev.latchkey.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.RawConnection;
import dev.latchkey.support.RawConnection.Answer;
import io.micronaut.http.server.netty.RoutingInBoundHandler;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** HTTP as old proxies, small libraries and hand-written clients speak it. */
final class OldClientsTest {
    private static final String JSON = "{\"number\":7}";
    private static final String POST = "POST /test-edge/json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

    private final EmbeddedServer server = Contexts.server(Database.SQLITE, Map.of("test.edge", true));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.0\r\n",
                "GET / HTTP/1.0\r\nConnection: keep-alive\r\nAccept-Encoding: gzip\r\n",
                "GET /assets/latchkey.css HTTP/1.0\r\n",
                "GET /assets/latchkey.css HTTP/1.0\r\nHost: a\r\nAccept-Encoding: gzip\r\n",
                "GET /docs/account-api HTTP/1.0\r\nAccept-Encoding: gzip\r\n",
                "GET /test-edge/large HTTP/1.0\r\nAccept-Encoding: gzip, deflate\r\n",
                "GET /prometheus HTTP/1.0\r\n",
                "GET /edit/none HTTP/1.0\r\nAccept: text/html\r\n",
                "GET /nowhere HTTP/1.0\r\nExpect: tea\r\n",
                "HEAD /health HTTP/1.0\r\n"
            })
    @DisplayName("HTTP/1.0 needs no Host, gets no chunks, and a connection that ends with the answer")
    void answersHttp10(String head) {
        try (RawConnection connection = new RawConnection(server).send(head + "\r\n")) {
            Answer answer = head.startsWith("HEAD") ? connection.readHead() : connection.read();

            assertThat(answer.status()).isIn(200, 404, 401);
            assertThat(answer.header("transfer-encoding")).isEmpty();
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "Close", "TE, close", "close, TE", "keep-alive,close"})
    @DisplayName("Connection: close ends the connection wherever it stands in the list")
    void closesWhenAsked(String connection) {
        try (RawConnection caller = new RawConnection(server)) {
            caller.send("GET /version HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: " + connection + "\r\n\r\n");

            assertThat(caller.read().header("connection")).contains("close");
            assertThat(caller.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /version HTTP/1.1\r\nhOST: a\r\n\r\n",
                "\r\nGET /version HTTP/1.1\r\nHost: a\r\n\r\n",
                "\r\n\r\n\r\nGET /version HTTP/1.1\r\nHost:a\r\n\r\n",
                "GET http://a/version HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http://a:8080/version HTTP/1.1\r\nHost: elsewhere\r\n\r\n",
                "GET /version HTTP/1.1\r\nHost: a\r\nX-Folded: a\r\n b\r\n\r\n",
                "GET /version HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
                "GET /version HTTP/1.1\r\nHost: a_b.example:\r\nExpect: 100-continue\r\n\r\n",
                "GET /version HTTP/1.1\r\nHost: a\r\nConnection: upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n"
            })
    @DisplayName("Odd but legal heads are understood, and the connection stays")
    void understandsOddHeads(String request) {
        try (RawConnection connection = new RawConnection(server).send(request + request)) {
            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /version HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /version HTTP/1.0\r\n\r\n",
                "GET /assets/latchkey.css HTTP/1.1\r\nHost: a\r\n\r\n",
                POST + "Content-Length: 12\r\n\r\n" + JSON
            })
    @DisplayName("Whoever ends their side after asking is answered all the same")
    void answersHalfClosed(String request) {
        try (RawConnection connection = new RawConnection(server).send(request + request)) {
            connection.endSending();

            assertThat(connection.read().status()).isEqualTo(200);
            if (request.contains("1.1")) {
                assertThat(connection.read().status()).isEqualTo(200);
            }
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    @DisplayName("Whoever ends their side in the middle of a request is closed")
    void closesOnHalfARequest() {
        for (String part : new String[] {"GET /ver", POST + "Content-Length: 12\r\n\r\n{\"nu", ""}) {
            try (RawConnection connection = new RawConnection(server).send(part)) {
                connection.endSending();

                Answer answer = connection.read();
                assertThat(answer.status()).isIn(0, 400);
            }
        }
    }

    @Test
    @DisplayName("Chunks, extensions and trailers make one body")
    void readsTrailers() {
        try (RawConnection connection = new RawConnection(server)) {
            connection.send(POST + "transfer-encoding: Chunked\r\nTrailer: X-Sum\r\n\r\n"
                    + "5;name=value\r\n{\"num\r\n007\r\nber\":7}\r\n0\r\nX-Sum: 1\r\nHost: evil\r\n\r\n");
            assertThat(connection.read().body()).isEqualTo(JSON);
            connection.send(POST + "Content-Length: 12\r\n\r\n" + JSON);
            assertThat(connection.read().body()).isEqualTo(JSON);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: identity\r\n\r\n" + JSON,
                "Transfer-Encoding: gzip\r\n\r\n" + JSON,
                "Transfer-Encoding: chunked\r\n\r\nc\r\n" + JSON + "\r\nx\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nc\r\n" + JSON + "GET / HTTP/1.1\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 12\r\n\r\nc\r\n" + JSON + "\r\n0\r\n\r\n"
            })
    @DisplayName("A body whose end is not clear is refused, and nothing after it is read as a request")
    @Asvs("4.2.1")
    void refusesUnclearBodies(String rest) {
        try (RawConnection connection = new RawConnection(server).send(POST + rest)) {
            assertThat(connection.read().status()).isEqualTo(400);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "2\r\n{}\r\nzz\r\n"})
    @DisplayName("A broken body that nobody reads changes no answer and is no error")
    void toleratesBrokenBodiesOfOthers(String body) {
        ListAppender<ILoggingEvent> errors = new ListAppender<>();
        errors.start();
        Logger log = (Logger) LoggerFactory.getLogger(RoutingInBoundHandler.class);
        log.addAppender(errors);
        try (RawConnection connection = new RawConnection(server)
                .send("GET /privacy HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body)) {
            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(connection.isClosed()).isTrue();
        } finally {
            log.detachAppender(errors);
        }
        assertThat(errors.list).isEmpty();
    }

    @Test
    @DisplayName("Expect: 100-continue is told to go on, or refused at once")
    void continues() {
        try (RawConnection connection = new RawConnection(server)) {
            connection.send(POST + "Expect: 100-Continue\r\nContent-Length: 12\r\n\r\n");
            connection.awaitContinue().send(JSON);
            assertThat(connection.read().body()).isEqualTo(JSON);

            connection.send(POST.replace("application/json", "text/plain")
                    + "Expect: 100-continue\r\nContent-Length: 12\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(415);
            connection.send(JSON + "GET /version HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
        }
        try (RawConnection connection = new RawConnection(server)) {
            connection.send(POST + "Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(413);
        }
    }

    @Test
    @DisplayName("Compressed bodies are read, damaged ones refused")
    void readsCompressedBodies() throws IOException {
        byte[] zipped = gzip(JSON);
        try (RawConnection connection = new RawConnection(server)) {
            for (String coding : new String[] {"gzip", "GZip", "x-gzip"}) {
                connection.send(
                        POST + "Content-Encoding: " + coding + "\r\nContent-Length: " + zipped.length + "\r\n\r\n");
                assertThat(connection.send(zipped).read().body()).isEqualTo(JSON);
            }
            connection.send(POST + "Content-Encoding: identity\r\nContent-Length: 12\r\n\r\n" + JSON);
            assertThat(connection.read().body()).isEqualTo(JSON);
            connection.send(POST + "Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\n" + JSON);
            assertThat(connection.read().status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "image/png"})
    @Timeout(60)
    @DisplayName("Whoever sends all of what is refused before they read finds the answer, and goes on")
    void readsWhatItHasRefused(String type) {
        byte[] body = "y".repeat(20 << 20).getBytes(StandardCharsets.US_ASCII);
        try (RawConnection connection = new RawConnection(server)) {
            connection.send("POST /link HTTP/1.1\r\nHost: a\r\nContent-Type: " + type + "\r\nContent-Length: "
                    + body.length + "\r\n\r\n");

            assertThat(connection.send(body).read().status()).isIn(413, 415);
            connection.send("GET /version HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
