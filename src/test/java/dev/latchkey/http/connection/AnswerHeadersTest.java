package dev.latchkey.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.RawConnection;
import dev.latchkey.support.RawConnection.Answer;
import io.micronaut.http.HttpMethod;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.web.router.Router;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class AnswerHeadersTest {
    private static final String FRIEND = "https://app.example.com";
    private static final List<String> FORMS = List.of(
            "",
            "Accept: text/html\r\n",
            "Accept-Encoding: gzip\r\nAccept-Language: de\r\n",
            "Origin: " + FRIEND + "\r\n",
            "If-None-Match: *\r\n");
    private static final List<String> OTHERS = List.of(
            "GET /assets/latchkey.css",
            "GET /assets/logo.svg",
            "GET /assets/nothing.css",
            "GET /docs/account-api",
            "GET /no/such/page",
            "GET /photos/none.jpg",
            "GET /api/update/load",
            "BREW /version",
            "DELETE /",
            "GET /%zz",
            "GET /<>",
            "GET /" + "x".repeat(9000),
            "garbage",
            "OPTIONS *",
            "CONNECT a:443",
            "OPTIONS /profile/me HTTP/1.1\r\nOrigin: " + FRIEND + "\r\nAccess-Control-Request-Method: GET\r\nX:");

    private static EmbeddedServer server;
    private static List<Asked> asked = List.of();

    private record Asked(String method, String path) {
        String request(String headers) {
            String line = path.contains(" HTTP/") ? path : path + " HTTP/1.1";
            return method + (method.isEmpty() ? "" : " ") + line + "\r\nHost: a\r\n" + headers + "\r\n";
        }
    }

    @BeforeAll
    static void start() {
        server = Contexts.serve(
                Database.SQLITE,
                Map.of("latchkey.base-url", "https://id.example.com", "latchkey.allowed-origins", FRIEND));
        Stream<Asked> routes = server.getApplicationContext()
                .getBean(Router.class)
                .uriRoutes()
                .map(route -> new Asked(
                        route.getHttpMethod().name(),
                        route.getUriMatchTemplate()
                                .toString()
                                .replaceAll("\\{[?&][^}]*}", "")
                                .replaceAll("\\{[^}]*}", "x")))
                .distinct();
        asked = Stream.concat(routes, OTHERS.stream().map(line -> new Asked("", line)))
                .toList();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("Each header is sent once, on whatever is answered")
    void sendsEachHeaderOnce() {
        SoftAssertions softly = new SoftAssertions();
        for (Asked each : asked) {
            for (String form : FORMS) {
                Answer answer = answer(each, form);
                List<String> names = names(answer);
                softly.assertThat(names).as(each + " <- " + form).doesNotHaveDuplicates();
                softly.assertThat(answer.status()).as(each + " <- " + form).isBetween(200, 499);
            }
        }
        softly.assertAll();
    }

    @Test
    @DisplayName("Whatever is answered keeps browsers on https, and says that its type is meant")
    @Asvs({"3.2.1", "3.4.4"})
    void protectsEveryAnswer() {
        SoftAssertions softly = new SoftAssertions();
        for (Asked each : asked) {
            Answer answer = answer(each, "");
            softly.assertThat(answer.header("strict-transport-security"))
                    .as(each.toString())
                    .contains("max-age=31536000");
            if (answer.status() != 204) {
                softly.assertThat(answer.header("x-content-type-options"))
                        .as(each.toString())
                        .contains("nosniff");
                boolean anybodys =
                        each.path().contains("/photos/") || each.path().contains("/assets/");
                softly.assertThat(answer.header("cross-origin-resource-policy"))
                        .as(each.toString())
                        .contains(anybodys ? "cross-origin" : "same-origin");
            }
        }
        softly.assertAll();
    }

    @Test
    @DisplayName("HEAD is answered with the headers of GET, at every address that has GET")
    void answersHeadAsGet() {
        SoftAssertions softly = new SoftAssertions();
        Stream<String> gets = asked.stream()
                .filter(each -> each.method().equals(HttpMethod.GET.name())
                        || each.path().startsWith("GET /"))
                .map(each -> each.path().replaceFirst("^GET ", ""))
                .filter(path -> path.length() < 1000 && !path.startsWith("/confirm_registration"));
        gets.forEach(path -> {
            for (String form : FORMS) {
                Answer get = answer(new Asked("GET", path), form);
                Answer head = answer(new Asked("HEAD", path), form);
                softly.assertThat(head.status()).as(path + " <- " + form).isEqualTo(get.status());
                softly.assertThat(comparable(head)).as(path + " <- " + form).isEqualTo(comparable(get));
            }
        });
        softly.assertAll();
    }

    @Test
    @DisplayName("HEAD tells the length, and there is no content after it")
    void sendsNoContentForHead() {
        try (RawConnection connection = new RawConnection(server)) {
            for (String path : List.of("/", "/health", "/privacy", "/openapi/chatgpt-action.yml", "/assets/logo.svg")) {
                Answer get = connection.send(new Asked("GET", path).request("")).read();
                Answer head =
                        connection.send(new Asked("HEAD", path).request("")).readHead();
                assertThat(head.header("content-length"))
                        .as(path)
                        .isEqualTo(get.header("content-length"))
                        .isPresent();
            }
            assertThat(connection
                            .send(new Asked("HEAD", "/link").request(""))
                            .readHead()
                            .status())
                    .isEqualTo(405);
        }
    }

    private static Answer answer(Asked each, String headers) {
        try (RawConnection connection = new RawConnection(server)) {
            String request = each.request(headers);
            connection.send(request);
            return request.startsWith("HEAD ") ? connection.readHead() : connection.read();
        }
    }

    private static List<String> names(Answer answer) {
        return answer.headers().stream()
                .map(header -> header.split(":", 2)[0].toLowerCase(Locale.ROOT))
                .toList();
    }

    /** All but what differs from call to call. */
    private static TreeSet<String> comparable(Answer answer) {
        return answer.headers().stream()
                .map(header -> header.toLowerCase(Locale.ROOT))
                .filter(header -> !header.matches("(x-request-id|date|expires):.*"))
                .map(header -> header.startsWith("content-length") && isVaried(answer) ? "content-length" : header)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Problems hold the id of their call, and compress to one byte more or less; metrics count calls. */
    private static boolean isVaried(Answer answer) {
        return answer.header("content-encoding").isPresent()
                || answer.header("content-type").orElse("").contains("version=0.0.4");
    }
}
