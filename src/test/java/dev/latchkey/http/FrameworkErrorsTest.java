package dev.latchkey.http;

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
import org.junit.jupiter.params.provider.CsvSource;

final class FrameworkErrorsTest {
    private final EmbeddedServer server = Contexts.server(Database.SQLITE, Map.of("test.edge", true));

    /** In requests {@code ~} stands for a line break, {@code #} for 9,000 letters. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | not-found | GET /nowhere HTTP/1.1~Host: a
            404 | not-found | GET /test-edge/empty HTTP/1.1~Host: a
            405 | method-not-allowed | GET /test-edge/json HTTP/1.1~Host: a
            405 | method-not-allowed | DELETE /test-edge/json HTTP/1.1~Host: a
            406 | not-acceptable | GET /test-edge/value/1 HTTP/1.1~Host: a~Accept: image/png
            400 | invalid-request | GET /test-edge/value/x HTTP/1.1~Host: a
            400 | invalid-request | GET /test-edge/value/1?more=x HTTP/1.1~Host: a
            400 | invalid-request | GET /test-edge/value/%zz HTTP/1.1~Host: a
            400 | invalid-request | GET /test-edge/value/%ff HTTP/1.1~Host: a
            400 | invalid-request | GET /test-edge/value/%00 HTTP/1.1~Host: a
            400 | invalid-request | GET /test-edge/value/1?more=%zz HTTP/1.1~Host: a
            400 | invalid-request | GET /test-edge/value/<> HTTP/1.1~Host: a
            400 | invalid-request | GET / HTTP/1.1~Host: a~bad header
            400 | invalid-request | garbage
            400 | invalid-request | POST /test-edge/json HTTP/1.1~Host: a~Content-Type: application/json~Content-Length: -4
            400 | invalid-request | POST /test-edge/json HTTP/1.1~Host: a~Content-Type: application/json
            400 | invalid-request | GET / HTTP/1.1
            400 | invalid-request | GET / HTTP/1.1~Host: a~Host: b
            400 | invalid-request | GET / HTTP/1.1~Host: a~host: a
            400 | invalid-request | GET / HTTP/1.1~Host:
            400 | invalid-request | GET / HTTP/1.1~Host: a/b
            400 | invalid-request | GET / HTTP/1.1~Host: a,b
            400 | invalid-request | GET / HTTP/1.1~Host: me@a
            400 | invalid-request | GET / HTTP/1.1~Host: a:b
            400 | invalid-request | GET / HTTP/1.0~Host: a~Host: b
            400 | invalid-request | GET http://a/ HTTP/1.1
            400 | invalid-request | POST /test-edge/json HTTP/1.1~Content-Type: application/json~Content-Length: 0
            415 | unsupported-media-type | POST /test-edge/json HTTP/1.1~Host: a~Content-Type: application/json~Content-Encoding: zstd~Content-Length: 0
            414 | uri-too-long | GET /# HTTP/1.1~Host: a
            431 | headers-too-large | GET / HTTP/1.1~Host: a~X: #
            417 | expectation-failed | GET / HTTP/1.1~Host: a~Expect: tea
            415 | unsupported-media-type | POST /test-edge/json HTTP/1.1~Host: a~Content-Type: text/plain~Content-Length: 0
            415 | unsupported-media-type | POST /test-edge/json HTTP/1.1~Host: a~Content-Type: ;;;~Content-Length: 0
            415 | unsupported-media-type | POST /test-edge/json HTTP/1.1~Host: a~Content-Type: application/json;charset=klingon~Content-Length: 0
            415 | unsupported-media-type | POST /test-edge/json HTTP/1.1~Host: a~Content-Type: application/json;charset=utf-16~Content-Length: 0
            413 | too-large | POST /test-edge/json HTTP/1.1~Host: a~Content-Type: application/json~Content-Length: 99999999
            500 | internal | GET /test-edge/fails/somehow HTTP/1.1~Host: a
            500 | internal | GET /test-edge/fails/memory HTTP/1.1~Host: a
            500 | internal | GET /test-edge/page HTTP/1.1~Host: a
            503 | unavailable | GET /test-edge/fails/locked HTTP/1.1~Host: a
            """)
    @DisplayName("Whatever goes wrong, the answer is a problem with the id of the call")
    @Asvs("16.5.1")
    void becomeProblems(int status, String slug, String request) {
        Answer answer = send(request);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).contains("application/problem+json");
        assertThat(answer.header("cache-control")).contains("no-store");
        String id = answer.header("x-request-id").orElseThrow();
        assertThat(answer.body())
                .contains("\"type\":\"/problems/" + slug + "\"", "\"status\":" + status, "\"instance\":\"" + id + "\"")
                .contains("\"title\":", "\"detail\":")
                .doesNotContain("secret", "Exception", "dev.latchkey");
    }

    @Test
    @DisplayName("A wrong method is answered with the right ones")
    void listAllowedMethods() {
        assertThat(send("GET /test-edge/json HTTP/1.1~Host: a").header("allow")).contains("POST");
    }

    @Test
    @DisplayName("When the server is only busy, the answer says when to come back")
    void sayWhenToComeBack() {
        assertThat(send("GET /test-edge/fails/locked HTTP/1.1~Host: a").header("retry-after"))
                .contains("5");
    }

    @Test
    @DisplayName("A bad value is pointed at")
    void pointAtBadValues() {
        assertThat(send("GET /test-edge/value/x HTTP/1.1~Host: a").body()).contains("\"pointer\":\"/number\"");
    }

    @Test
    @DisplayName("A browser gets the same facts as a page")
    void becomePagesForBrowsers() {
        Answer answer = send("GET /nowhere HTTP/1.1~Host: a~Accept: text/html,application/xhtml+xml,*/*;q=0.8");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("content-type").orElseThrow()).startsWith("text/html");
        assertThat(answer.body())
                .contains(
                        ProblemType.NOT_FOUND.title(),
                        answer.header("x-request-id").orElseThrow());
    }

    @Test
    @DisplayName("A program that takes pages and JSON alike gets JSON")
    void stayJsonForPrograms() {
        assertThat(send("GET /nowhere HTTP/1.1~Host: a~Accept: text/html;q=0.5, application/json")
                        .header("content-type"))
                .contains("application/problem+json");
        assertThat(send("GET /nowhere HTTP/1.1~Host: a~Accept: */*").header("content-type"))
                .contains("application/problem+json");
    }

    @Test
    @DisplayName("HEAD gets the status without a body")
    void haveNoBodyForHead() {
        Answer answer = send("HEAD /nowhere HTTP/1.1~Host: a");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("x-request-id")).isPresent();
    }

    @Test
    @DisplayName("Good answers carry a request id too, a new one each time")
    void leaveGoodAnswersAlone() {
        Answer first = send("GET /test-edge/value/1?more=2 HTTP/1.1~Host: a");
        Answer second = send("GET /test-edge/value/1?more=2 HTTP/1.1~Host: a");

        assertThat(first.body()).isEqualTo("1,2");
        assertThat(first.header("x-request-id")).isPresent().isNotEqualTo(second.header("x-request-id"));
    }

    private Answer send(String request) {
        return RawConnection.send(server, request.replace("~", "\r\n").replace("#", "x".repeat(9000)) + "\r\n\r\n");
    }
}
