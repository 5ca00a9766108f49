package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import dev.latchkey.support.Client;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.RawConnection;
import io.micronaut.http.HttpMethod;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.web.router.Router;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scanners of the web look for first, asked of a server as it runs in production. */
final class ExposureTest {
    private static final EmbeddedServer SERVER = Contexts.server(
            Database.SQLITE,
            Map.of(
                    "latchkey.base-url",
                    "https://id.example.com",
                    "latchkey.allowed-origins",
                    "https://app.example.com",
                    "latchkey.metrics-keys",
                    "metrics-key-0123456789abcdef"));

    /** Of a stack, a query, a path of the machine or the name of a library. */
    private static final Pattern INSIDES = Pattern.compile(
            "at [\\w.$]+\\(|Exception|java\\.|io\\.micronaut|org\\.sqlite|SELECT |/root/|/home/|/tmp/|Micronaut/|netty",
            Pattern.CASE_INSENSITIVE);

    private static final List<String> PLACES = List.of(
            "/.git/config",
            "/.git/HEAD",
            "/.svn/entries",
            "/.hg/requires",
            "/.env",
            "/.env.local",
            "/.DS_Store",
            "/.htaccess",
            "/actuator",
            "/actuator/env",
            "/actuator/heapdump",
            "/env",
            "/beans",
            "/heapdump",
            "/threaddump",
            "/loggers",
            "/routes",
            "/refresh",
            "/stop",
            "/info",
            "/caches",
            "/flyway",
            "/metrics",
            "/debug/pprof/",
            "/jolokia/list",
            "/console",
            "/h2-console",
            "/phpinfo.php",
            "/wp-login.php",
            "/wp-config.php.bak",
            "/server-status",
            "/web.xml",
            "/WEB-INF/web.xml",
            "/META-INF/MANIFEST.MF",
            "/application.yml",
            "/application.properties",
            "/logback.xml",
            "/latchkey.db",
            "/secret",
            "/data/latchkey.db",
            "/backup.zip",
            "/backup.sql",
            "/dump.sql",
            "/latchkey.jar",
            "/pom.xml",
            "/package.json",
            "/index.html.bak",
            "/index.php~",
            "/swagger-ui.html",
            "/swagger-ui/index.html",
            "/v3/api-docs",
            "/graphql",
            "/graphiql",
            "/dev/inbox",
            "/dev/inbox/messages",
            "/dev/clock",
            "/dev/faults",
            "/dev/fixtures",
            "/admin",
            "/admin/accounts",
            "/crossdomain.xml",
            "/clientaccesspolicy.xml",
            "/trace.axd",
            "/assets",
            "/assets/",
            "/photos",
            "/photos/",
            "/openapi/",
            "/views/edit.html",
            "/i18n/messages.properties");

    private static final List<String> CLIMBS = List.of(
            "../",
            "..%2f",
            "%2e%2e/",
            "%2e%2e%2f",
            "..%5c",
            "..\\",
            "....//",
            "..;/",
            "..%252f",
            "%c0%ae%c0%ae/",
            "/",
            "%2f");
    private static final List<String> FILES = List.of(
            "etc/passwd", "application.yml", "db/migration/sqlite/V1__schema.sql", "logback.xml", "latchkey.db");

    @Test
    @DisplayName("Nothing is there that was not put there for callers")
    @Asvs({"13.4.1", "13.4.2", "13.4.3", "13.4.5", "15.2.3"})
    void showsNothingOfItself() {
        SoftAssertions softly = new SoftAssertions();
        for (String place : PLACES) {
            RawConnection.Answer answer = raw("GET", place, "");
            softly.assertThat(answer.status()).as(place).isIn(303, 404, 405);
            softly.assertThat(answer.header("location").orElse("/docs"))
                    .as(place)
                    .isEqualTo("/docs");
            softly.assertThat(answer.body()).as(place).doesNotContainPattern(INSIDES);
        }
        softly.assertThat(raw("GET", "/prometheus", "").status()).isEqualTo(401);
        softly.assertThat(raw("GET", "/health", "").body()).doesNotContain("jdbc", "\"details\":{");
        softly.assertAll();
    }

    @Test
    @DisplayName("No way of writing an address leads out of assets, photos and documents")
    @Asvs({"5.3.2", "1.1.1"})
    void letsNobodyClimb() {
        SoftAssertions softly = new SoftAssertions();
        for (String root : List.of("/assets/", "/photos/", "/openapi/", "/docs/", "/brand/", "/")) {
            for (String climb : CLIMBS) {
                for (String file : FILES) {
                    String address = root + climb.repeat(climb.startsWith("/") ? 1 : 6) + file;
                    RawConnection.Answer answer = raw("GET", address, "");
                    softly.assertThat(answer.status()).as(address).isIn(303, 400, 404);
                    softly.assertThat(answer.body())
                            .as(address)
                            .doesNotContain("root:", "CREATE TABLE", "datasources", "<configuration");
                }
            }
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "TRACK", "DEBUG", "PROPFIND", "CONNECT"})
    @DisplayName("Methods that echo or debug are not known")
    @Asvs("13.4.4")
    void echoesNothing(String method) {
        RawConnection.Answer answer = raw(method, "/", "X-Secret: a secret\r\n");
        assertThat(answer.status()).isBetween(400, 405);
        assertThat(answer.body()).doesNotContain("a secret");
    }

    @Test
    @DisplayName(
            "Whatever is answered says its type, and how its letters are written; may not be framed; and names no software")
    @Asvs({"3.4.3", "3.4.6", "4.1.1", "3.2.1"})
    void protectsEveryAnswer() {
        SoftAssertions softly = new SoftAssertions();
        Stream<String> routes = SERVER.getApplicationContext()
                .getBean(Router.class)
                .uriRoutes()
                .filter(route -> route.getHttpMethod() == HttpMethod.GET)
                .map(route -> route.getUriMatchTemplate()
                        .toString()
                        .replaceAll("\\{[?&][^}]*}", "")
                        .replaceAll("\\{[^}]*}", "x"));
        Stream.concat(routes, Stream.concat(PLACES.stream(), Stream.of("/assets/latchkey.css", "/assets/logo.svg")))
                .distinct()
                .forEach(path -> {
                    for (String accept : List.of("*/*", "text/html")) {
                        RawConnection.Answer answer = raw("GET", path, "Accept: " + accept + "\r\n");
                        softly.assertThat(
                                        answer.header("content-security-policy").orElse(""))
                                .as(path)
                                .contains(
                                        "default-src 'none'",
                                        "object-src 'none'",
                                        "base-uri 'none'",
                                        "frame-ancestors 'none'")
                                .doesNotContain("unsafe", "*", "data:");
                        softly.assertThat(answer.headers())
                                .as(path)
                                .noneMatch(header -> header.toLowerCase().matches("(server|x-powered-by):.*"));
                        String type = answer.header("content-type").orElse("");
                        if (!answer.body().isEmpty()) {
                            softly.assertThat(type).as(path).isNotEmpty();
                        }
                        if (type.startsWith("text/")) {
                            softly.assertThat(type.toLowerCase()).as(path).contains("charset=utf-8");
                        }
                    }
                });
        softly.assertAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://app.example.com.evil.example",
                "https://evilapp.example.com",
                "http://app.example.com",
                "https://app.example.com:444",
                "null"
            })
    @DisplayName("No foreign origin is let in, by whatever resemblance")
    @Asvs({"3.4.2", "3.5.2"})
    void reflectsNoOrigin(String origin) {
        for (String path : List.of("/profile/me", "/auth/login", "/api/update/load", "/", "/account")) {
            for (String method : List.of("GET", "POST", "OPTIONS")) {
                RawConnection.Answer answer = raw(
                        method,
                        path,
                        "Origin: " + origin + "\r\nAccess-Control-Request-Method: POST\r\nContent-Length: 0\r\n");
                assertThat(answer.header("access-control-allow-origin"))
                        .as(method + " " + path)
                        .isEmpty();
                assertThat(answer.header("access-control-allow-credentials"))
                        .as(method + " " + path)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example",
                "/\\evil.example",
                "https:evil.example",
                "javascript:alert(1)"
            })
    @DisplayName("Nobody is led to another site by an address that somebody made up")
    @Asvs({"3.7.2", "1.2.2"})
    void redirectsNowhereElse(String target) {
        for (String path : List.of("/", "/account", "/account/sign-in", "/edit/x", "/support", "/docs", "/language")) {
            for (String name : List.of("url", "next", "redirect", "return", "page", "continue", "to")) {
                RawConnection.Answer answer = raw("GET", path + "?" + name + "=" + target.replace("\\", "%5C"), "");
                assertThat(answer.header("location").orElse("")).as(path).doesNotContain("evil.example", "alert");
            }
        }
        RawConnection.Answer climbed = raw("GET", "//evil.example/%2e%2e", "");
        assertThat(climbed.header("location").orElse("/")).doesNotStartWith("//");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"})
    @DisplayName("A header of the caller's is in no link of a mail")
    @Asvs("4.1.3")
    void mailsNoForeignHost(String header) {
        Client client = Client.shared();
        String email = Client.freshEmail();
        client.post("/auth/signup", Map.of("email", email, "password", "seven quiet otters"));
        String value = header.equals("Forwarded") ? "host=evil.example" : "evil.example";
        String body = "identifier=" + email.replace("@", "%40");
        RawConnection.Answer answer = RawConnection.send(
                client.server(),
                "POST /link HTTP/1.1\r\n" + (header.equals("Host") ? "" : "Host: localhost\r\n") + header + ": " + value
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body);
        assertThat(answer.body()).doesNotContain("evil.example");
        assertThat(answer.status()).isIn(200, 403);
        if (answer.status() == 200) {
            assertThat(client.mailedLink(email, "/edit/")).isNotEmpty().doesNotContain("evil.example");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "%41", "a.", "1", "[:", "-"})
    @DisplayName("A name of a host without end is a bad request, and costs nothing")
    @Asvs("1.4.2")
    void refusesAHostWithoutEnd(String piece) {
        for (int length : List.of(320, 2_000, 7_900)) {
            RawConnection.Answer answer = RawConnection.send(
                    SERVER, "GET / HTTP/1.1\r\nHost: " + piece.repeat(length / piece.length()) + "\r\n\r\n");
            assertThat(answer.status()).as(piece + " " + length).isBetween(400, 431);
        }
    }

    private static RawConnection.Answer raw(String method, String address, String headers) {
        try (RawConnection connection = new RawConnection(SERVER)) {
            return connection
                    .send(method + " " + address + " HTTP/1.1\r\nHost: id.example.com\r\n" + headers + "\r\n")
                    .read();
        }
    }
}
