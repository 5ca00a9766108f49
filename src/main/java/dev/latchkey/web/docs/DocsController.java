package dev.latchkey.web.docs;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.Brand;
import dev.latchkey.config.SessionSettings;
import dev.latchkey.config.checks.StartUpChecks;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.http.Views;
import dev.latchkey.text.Languages;
import dev.latchkey.text.Resources;
import io.micronaut.context.env.Environment;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The documents of the APIs for programs, and pages of them for people, to read and to try. */
@Controller
final class DocsController {
    /** The server that documents name, for people who read them without one. */
    private static final String EXAMPLE = "https://latchkey.example.com";

    private static final String ACTION = "chatgpt-action";
    private static final String LINKS = "link-api";
    private static final String MCP = "mcp";
    private static final String SESSION_KEYS = "session-key-api";
    private static final String DEV = "dev-inbox";

    /** In the order in which people look for them. */
    private final List<String> names = new ArrayList<>(List.of(ACTION, LINKS, MCP, "account-api", "oauth"));

    /** Read when somebody asks, as the start has no time for it. */
    private final Map<String, ApiDocument> documents = new ConcurrentHashMap<>();

    /**
     * Written once in each language: they are the largest pages there are, the same for everybody, and open to whoever asks.
     */
    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();

    private final Views views;
    private final Languages languages;
    private final BaseUrl baseUrl;
    private final Brand brand;
    private final Problems problems;

    DocsController(
            SessionSettings settings,
            Views views,
            Languages languages,
            BaseUrl baseUrl,
            Brand brand,
            Problems problems,
            Environment environment) {
        this.views = views;
        this.languages = languages;
        this.baseUrl = baseUrl;
        this.brand = brand;
        this.problems = problems;
        if (settings.sessionKeyApi()) {
            names.add(SESSION_KEYS);
        }
        if (environment.getActiveNames().contains(StartUpChecks.DEV)) {
            names.add(DEV);
        }
    }

    @Get("/docs")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> start(HttpRequest<?> request) {
        return page(request, "docs/start", () -> {
            Map<String, Object> model = new HashMap<>(Map.of("names", names, "origin", baseUrl.origin()));
            model.put("ask", document(ACTION).call("requestProfileEditLink"));
            model.put("status", document(ACTION).call("getRequestStatus"));
            model.put("signUp", document(ACTION).call("requestSignUp"));
            model.put("load", document(LINKS).call("load"));
            model.put("save", document(LINKS).call("save"));
            model.put("tool", document(MCP).call("request_profile_edit_link"));
            return model;
        });
    }

    @Get("/docs/{name}")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> page(HttpRequest<?> request, String name) {
        return names.contains(name)
                ? page(request, "docs/document", () -> {
                    Map<String, Object> model =
                            new HashMap<>(Map.of("names", names, "name", name, "document", document(name)));
                    if (!name.equals(MCP)) {
                        model.put("file", "/openapi/" + name + ".yml");
                    }
                    return model;
                })
                : problems.respond(request, Problem.worded(ProblemType.NOT_FOUND, "no.document"));
    }

    private HttpResponse<?> page(HttpRequest<?> request, String view, Supplier<Map<String, ?>> model) {
        String path = request.getPath();
        if (request.getUri().getRawQuery() != null) {
            // The page leads back to where it was asked for, and there is one page for everybody.
            return HttpResponse.seeOther(URI.create(path));
        }
        String key = path + ' ' + languages.resolveOrDefault(request).toLanguageTag();
        return HttpResponse.ok(pages.computeIfAbsent(key, written -> views.render(request, view, model.get())))
                .contentType(MediaType.TEXT_HTML + ";charset=utf-8");
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

    @Get("/openapi/dev-inbox.yml")
    @Produces(MediaType.ALL)
    HttpResponse<?> devInbox(HttpRequest<?> request) {
        return file(request, DEV);
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
