package dev.latchkey.api;

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
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class MalformedRequestsTest {
    private static final String KEY = "malformed-test-key-0123456789";
    private static final String LONG = "x".repeat(9000);
    private static final String FORM = "multipart/form-data; boundary=x";

    private static final List<String> HEADERS = List.of(
            "Accept: ;;;/,,",
            "Accept: text/html;q=x",
            "Accept: " + "a/b,".repeat(1000),
            "Accept-Language: ;q=,---," + "x-".repeat(500),
            "Accept-Charset: klingon",
            "Accept-Encoding: gzip;q=x,,br",
            "Cookie: ;;=;a=\u0080;\"",
            "Origin: ://",
            "Expect: nothing",
            "If-None-Match: ,,\"",
            "If-Modified-Since: yesterday",
            "Range: bytes=9-1,x",
            "X-Forwarded-Host: evil.example",
            "Content-Type: ///",
            "Content-Type: application/json;charset=\"",
            "Transfer-Encoding: nothing",
            "Content-Length: x",
            "X: " + LONG);

    private static final List<Body> BODIES = List.of(
            new Body("application/json", ""),
            new Body("application/json", "{"),
            new Body("application/json", "[]"),
            new Body("application/json", "null"),
            new Body("application/json", "{\"email\":[\"a\",\"b\"],\"token\":{},\"pin\":1.5}"),
            new Body("application/json", "{\"email\":\"\u00ff\u00fe\"}"),
            new Body("application/json", "{\"token\":\"\\u0000\",\"email\":\"\\u0000\"}"),
            new Body(
                    "application/json",
                    "{\"token\":\"" + LONG + "\",\"email\":\"" + LONG + "\",\"pin\":\"" + LONG + "\"}"),
            new Body("application/json", "{\"a\":".repeat(2000)),
            new Body("application/json;charset=utf-16", "{}"),
            new Body("application/json", "x".repeat(200_000)),
            new Body("text/plain", "hello"),
            new Body("application/octet-stream", "\u0000\u0001"),
            new Body("multipart/form-data", "x"),
            new Body(FORM, ""),
            new Body(FORM, "--x"),
            new Body(FORM, "--x\r\n\r\n\r\n--x--"),
            new Body(FORM, "--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--"),
            new Body(FORM, "--x\r\nContent-Disposition: form-data; name=\"to\"; filena\r\n\r\n\r\n--x--"),
            new Body(FORM, "--x\r\nContent-Disposition: form-data; name=\"bio\"\r\n\r\n\u00ff\r\n--x--"),
            new Body(
                    FORM,
                    "--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\nno image\r\n--x--"),
            new Body("application/x-www-form-urlencoded", "a=%zz&b=%ff"),
            new Body("application/x-www-form-urlencoded", "email=a&email=b&pin=c"),
            new Body("application/x-www-form-urlencoded", "=&&=&"));

    private static final List<String> VALUES =
            List.of("x", "%00", "%ff", "%zz", "..%2f..", "%F0%9F%92%A9", "-1", "'--", "a".repeat(2000));

    /** The session-key API's and OAuth's errors have a shape of their own. */
    private static final Pattern OWN_ERRORS =
            Pattern.compile("/(version|register|login|logout|user_mngt_user|forget_password|resend_registration_link"
                    + "|oauth/(token|revoke))");

    /** Where an address that cannot be read belongs to nobody, or a body may have a shape of its own. */
    private static final Pattern EITHER = Pattern.compile("/(mcp|confirm_registration/.*)");

    private static EmbeddedServer server;
    private static List<Route> routes = List.of();

    @BeforeAll
    static void start() {
        server = Contexts.serve(Database.SQLITE, Map.of("latchkey.action-keys", KEY));
        routes = server.getApplicationContext()
                .getBean(Router.class)
                .uriRoutes()
                .map(route -> new Route(
                        route.getHttpMethod(), route.getUriMatchTemplate().toString()))
                .distinct()
                .toList();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("No malformed header, on no address, is the server's fault")
    void survivesHeaders() {
        SoftAssertions softly = new SoftAssertions();
        for (Route route : routes) {
            for (String header : HEADERS) {
                check(softly, route, head(route, "x", header) + "\r\n");
            }
        }
        softly.assertAll();
    }

    @Test
    @DisplayName("No malformed body, on no address, is the server's fault")
    @Asvs({"2.2.1", "15.3.5"})
    void survivesBodies() {
        SoftAssertions softly = new SoftAssertions();
        for (Route route : routes) {
            for (Body body : BODIES) {
                String headers = "Content-Type: " + body.type() + "\r\nContent-Length: "
                        + body.text().length();
                check(softly, route, head(route, "x", headers) + "\r\n" + body.text());
            }
        }
        softly.assertAll();
    }

    @Test
    @DisplayName("No odd value in an address is the server's fault")
    @Asvs("1.1.1")
    void survivesValues() {
        SoftAssertions softly = new SoftAssertions();
        for (Route route : routes) {
            for (String value : VALUES) {
                check(softly, route, head(route, value, "X-Nothing: 1") + "\r\n");
            }
        }
        softly.assertAll();
    }

    private static void check(SoftAssertions softly, Route route, String request) {
        Answer answer = RawConnection.send(server, request);
        String what = route + " <- " + request.substring(0, Math.min(200, request.length()));
        softly.assertThat(answer.status()).as(what).isBetween(200, 499);
        if (answer.status() >= 400 && route.method() != HttpMethod.HEAD) {
            softly.assertThat(answer.header("content-type").orElse("")).as(what).matches(errorTypes(route.template()));
            softly.assertThat(answer.header("x-request-id")).as(what).isPresent();
        }
    }

    private static String errorTypes(String path) {
        if (OWN_ERRORS.matcher(path).matches()) {
            return "application/json|text/html.*";
        }
        return EITHER.matcher(path).matches()
                ? "application/(problem\\+)?json|text/html.*"
                : "application/problem\\+json|text/html.*";
    }

    private static String head(Route route, String value, String header) {
        String path = route.template().replaceAll("\\{[?&][^}]*}", "").replaceAll("\\{[^}]*}", value);
        return route.method() + " " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + KEY + "\r\n" + header
                + "\r\n";
    }

    private record Route(HttpMethod method, String template) {}

    private record Body(String type, String text) {}

    @Test
    void looksAtRealRoutes() {
        assertThat(routes).extracting(Route::template).contains("/health", "/prometheus");
    }
}
