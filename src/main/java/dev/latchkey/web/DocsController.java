package dev.latchkey.web;

import dev.latchkey.config.SessionSettings;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemTexts;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The documents of the APIs, and a page to read and try them, all from this server alone. */
@Controller
final class DocsController {
    private static final String ACCOUNT = "account-api";
    private static final String SESSION_KEY = "session-key-api";

    /** Swagger UI writes style elements and draws its icons as data; scripts still come from files of ours only. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Map<String, String> documents = new LinkedHashMap<>();
    private final Problems problems;

    DocsController(SessionSettings settings, Problems problems) {
        this.problems = problems;
        documents.put(ACCOUNT, read(ACCOUNT));
        if (settings.sessionKeyApi()) {
            documents.put(SESSION_KEY, read(SESSION_KEY));
        }
    }

    @Get("/docs")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> docs() {
        List<String> names = List.copyOf(documents.keySet());
        return Pages.show(HttpStatus.OK, "docs", Model.of("names", String.join(",", names) + ",chatgpt-action"))
                .header("Content-Security-Policy", POLICY)
                .header("X-Frame-Options", "DENY");
    }

    @Get("/openapi/" + ACCOUNT + ".yml")
    @Produces(MediaType.ALL)
    HttpResponse<?> accountApi(HttpRequest<?> request) {
        return document(request, ACCOUNT);
    }

    @Get("/openapi/" + SESSION_KEY + ".yml")
    @Produces(MediaType.ALL)
    HttpResponse<?> sessionKeyApi(HttpRequest<?> request) {
        return document(request, SESSION_KEY);
    }

    private HttpResponse<?> document(HttpRequest<?> request, String name) {
        String document = documents.get(name);
        return document == null
                ? problems.respond(request, Problem.of(ProblemType.NOT_FOUND, ProblemTexts.text("no.document")))
                : HttpResponse.ok(document)
                        .contentType("application/yaml;charset=utf-8")
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    private static String read(String name) {
        try (InputStream file = DocsController.class.getResourceAsStream("/openapi/" + name + ".yml")) {
            if (file == null) {
                throw new IllegalStateException("openapi/" + name + ".yml is missing from the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("A document cannot be read from the jar", e);
        }
    }
}
