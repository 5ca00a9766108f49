package dev.latchkey.web.docs;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.Brand;
import dev.latchkey.config.SessionSettings;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.text.Resources;
import dev.latchkey.web.Pages;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The documents of the APIs for programs, and pages of them for people, to read and to try. */
@Controller
final class DocsController {
    /** The server that documents name, for people who read them without one. */
    private static final String EXAMPLE = "https://latchkey.example.com";

    private static final String ACTION = "chatgpt-action";
    private static final String LINKS = "link-api";
    private static final String MCP = "mcp";
    private static final String SESSION_KEYS = "session-key-api";

    /** In the order in which people look for them. */
    private final List<String> names = new ArrayList<>(List.of(ACTION, LINKS, MCP, "account-api", "oauth"));

    /** Read when somebody asks, as the start has no time for it. */
    private final Map<String, ApiDocument> documents = new ConcurrentHashMap<>();

    private final BaseUrl baseUrl;
    private final Brand brand;
    private final Problems problems;

    DocsController(SessionSettings settings, BaseUrl baseUrl, Brand brand, Problems problems) {
        this.baseUrl = baseUrl;
        this.brand = brand;
        this.problems = problems;
        if (settings.sessionKeyApi()) {
            names.add(SESSION_KEYS);
        }
    }

    @Get("/docs")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> start() {
        return Pages.show(
                HttpStatus.OK,
                "docs/start",
                "names",
                names,
                "origin",
                baseUrl.origin(),
                "ask",
                document(ACTION).call("requestProfileEditLink"),
                "status",
                document(ACTION).call("getRequestStatus"),
                "signUp",
                document(ACTION).call("requestSignUp"),
                "load",
                document(LINKS).call("load"),
                "save",
                document(LINKS).call("save"),
                "tool",
                document(MCP).call("request_profile_edit_link"));
    }

    @Get("/docs/{name}")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> page(HttpRequest<?> request, String name) {
        return names.contains(name)
                ? Pages.show(
                        HttpStatus.OK,
                        "docs/document",
                        "names",
                        names,
                        "name",
                        name,
                        "file",
                        name.equals(MCP) ? null : "/openapi/" + name + ".yml",
                        "document",
                        document(name))
                : problems.respond(request, Problem.worded(ProblemType.NOT_FOUND, "no.document"));
    }

    // Each by a route of its own: one with a variable would answer for the action's document as well.
    @Get("/openapi/account-api.yml")
    @Produces(MediaType.ALL)
    HttpResponse<?> accountApi(HttpRequest<?> request) {
        return file(request, "account-api");
    }

    @Get("/openapi/link-api.yml")
    @Produces(MediaType.ALL)
    HttpResponse<?> linkApi(HttpRequest<?> request) {
        return file(request, LINKS);
    }

    @Get("/openapi/oauth.yml")
    @Produces(MediaType.ALL)
    HttpResponse<?> oauth(HttpRequest<?> request) {
        return file(request, "oauth");
    }

    @Get("/openapi/session-key-api.yml")
    @Produces(MediaType.ALL)
    HttpResponse<?> sessionKeyApi(HttpRequest<?> request) {
        return file(request, SESSION_KEYS);
    }

    private HttpResponse<?> file(HttpRequest<?> request, String name) {
        return names.contains(name)
                ? HttpResponse.ok(written(name))
                        .contentType("application/yaml;charset=utf-8")
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                : problems.respond(request, Problem.worded(ProblemType.NOT_FOUND, "no.document"));
    }

    private String written(String name) {
        return brand.inYaml(Resources.text("openapi/" + name + ".yml"));
    }

    private ApiDocument document(String name) {
        return documents.computeIfAbsent(name, this::read);
    }

    private ApiDocument read(String name) {
        return name.equals(MCP)
                ? McpTools.read(baseUrl.origin())
                : ApiDocument.parse(written(name).replace(EXAMPLE, baseUrl.origin()), baseUrl.origin());
    }
}
