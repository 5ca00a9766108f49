package dev.latchkey.web;

import dev.latchkey.config.Brand;
import dev.latchkey.config.SessionSettings;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.text.Resources;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.util.LinkedHashMap;
import java.util.Map;

/** The documents of the APIs, and a page to read and try them, all from this server alone. */
@Controller
final class DocsController {
    /** Swagger UI writes style elements and draws its icons as data; scripts still come from files of ours only. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** By name, without that of the action, which knows the address of this server. */
    private final Map<String, String> documents = new LinkedHashMap<>();

    private final Problems problems;

    DocsController(SessionSettings settings, Brand brand, Problems problems) {
        this.problems = problems;
        documents.put("account-api", brand.inYaml(Resources.text("openapi/account-api.yml")));
        if (settings.sessionKeyApi()) {
            documents.put("session-key-api", brand.inYaml(Resources.text("openapi/session-key-api.yml")));
        }
    }

    @Get("/docs")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> docs() {
        String names = String.join(",", documents.keySet()) + ",chatgpt-action";
        return Pages.show(HttpStatus.OK, "docs", "names", names)
                .header("Content-Security-Policy", POLICY)
                .header("X-Frame-Options", "DENY");
    }

    // Each by a route of its own: one with a variable would answer for the action's document as well.
    @Get("/openapi/account-api.yml")
    @Produces(MediaType.ALL)
    HttpResponse<?> accountApi(HttpRequest<?> request) {
        return document(request, "account-api");
    }

    @Get("/openapi/session-key-api.yml")
    @Produces(MediaType.ALL)
    HttpResponse<?> sessionKeyApi(HttpRequest<?> request) {
        return document(request, "session-key-api");
    }

    private HttpResponse<?> document(HttpRequest<?> request, String name) {
        String document = documents.get(name);
        return document == null
                ? problems.respond(request, Problem.worded(ProblemType.NOT_FOUND, "no.document"))
                : HttpResponse.ok(document)
                        .contentType("application/yaml;charset=utf-8")
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }
}
