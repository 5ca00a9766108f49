package dev.latchkey.http;

import dev.latchkey.config.LatchkeySettings;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns problems into answers, in the form that the caller prefers. */
@Singleton
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String VIEW = "problem";
    private static final Set<String> PAGES = Set.of("text/html", "application/xhtml+xml");

    private final JsonMapper json;
    private final Views views;
    private final LatchkeySettings settings;
    private final List<ErrorBody> others;

    Problems(JsonMapper json, Views views, LatchkeySettings settings, List<ErrorBody> others) {
        this.json = json;
        this.views = views;
        this.settings = settings;
        this.others = others;
    }

    /** The answer to a call that met this problem. */
    public MutableHttpResponse<?> respond(HttpRequest<?> request, Problem problem) {
        return respond(request, problem, HttpResponse.ok());
    }

    /** The same on a response that already has headers of its own, such as Allow. */
    MutableHttpResponse<Object> respond(HttpRequest<?> request, Problem problem, MutableHttpResponse<?> base) {
        ProblemType type = problem.type();
        Optional<ErrorBody> other =
                others.stream().filter(errors -> errors.at(request.getPath())).findFirst();
        int status = other.map(errors -> errors.status(problem)).orElse(type.status());
        MutableHttpResponse<Object> response = base.status(status).body((Object) null);
        response.getHeaders().set(EdgeFilter.REQUEST_ID, EdgeFilter.idOf(request));
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        challenge(type).ifPresent(value -> response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, value));
        if (problem.retryAfterSeconds() != null) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(problem.retryAfterSeconds()));
        }
        return page(request, problem)
                .map(page -> response.body((Object) page).contentType(MediaType.TEXT_HTML + ";charset=utf-8"))
                .orElseGet(() -> other.map(errors -> response.body((Object) write(errors.body(problem)))
                                .contentType(MediaType.APPLICATION_JSON_TYPE))
                        .orElseGet(() -> response.body((Object) write(members(request, problem)))
                                .contentType(MediaType.APPLICATION_JSON_PROBLEM)));
    }

    /** How a caller could prove itself (RFC 6750, section 3). */
    private static Optional<String> challenge(ProblemType type) {
        return switch (type) {
            case TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED -> Optional.of("Bearer error=\"invalid_token\"");
            default -> type.status() == 401 ? Optional.of("Bearer") : Optional.empty();
        };
    }

    private static Map<String, Object> members(HttpRequest<?> request, Problem problem) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "/problems/" + problem.type().slug());
        members.put("title", problem.type().title());
        members.put("status", problem.type().status());
        members.put("detail", problem.detail());
        members.put("instance", EdgeFilter.idOf(request));
        if (!problem.errors().isEmpty()) {
            members.put(
                    "errors",
                    problem.errors().stream()
                            .map(error -> Map.of("pointer", error.pointer(), "detail", error.detail()))
                            .toList());
        }
        problem.extra().forEach(members::putIfAbsent);
        return members;
    }

    private byte[] write(Map<String, Object> members) {
        try {
            return json.writeValueAsBytes(members);
        } catch (IOException e) {
            throw new IllegalStateException("The problem holds something that has no JSON form", e);
        }
    }

    /** The page, when the caller wants one; a page that fails to render must not hide the problem itself. */
    private Optional<byte[]> page(HttpRequest<?> request, Problem problem) {
        if (!prefersPages(request)) {
            return Optional.empty();
        }
        Map<String, Object> model = new HashMap<>(Map.of("problem", new Facts(problem, EdgeFilter.idOf(request))));
        LatchkeySettings.Support support = settings.contact();
        if (support != null) {
            model.put("support", support);
        }
        return render(request, model);
    }

    /**
     * What the views {@code problem} and {@code problem-type} show, as {@code problem}. Its words are looked up where they are
     * written, so that they are in the language of that page.
     */
    public record Facts(Problem problem, String requestId) {
        /** A kind of problem that nobody met. */
        public Facts(ProblemType type) {
            this(Problem.of(type), "");
        }

        /** That of title and help, as a program would be told it. */
        public String language() {
            return Problem.language().toLanguageTag();
        }

        public String title() {
            return problem.type().title();
        }

        public String detail() {
            return problem.detail();
        }

        public String help() {
            return problem.type().explanation();
        }

        public int status() {
            return problem.type().status();
        }

        public String slug() {
            return problem.type().slug();
        }
    }

    /** Whether the caller names HTML and likes no form of JSON as much; who cannot be understood counts as a program. */
    public static boolean prefersPages(HttpRequest<?> request) {
        double page = 0;
        double json = 0;
        try {
            for (MediaType type : request.accept()) {
                double quality = type.getQualityAsNumber().doubleValue();
                if (PAGES.contains(type.getName())) {
                    page = Math.max(page, quality);
                } else if (type.getName().equals(MediaType.APPLICATION_JSON)
                        || type.getName().endsWith("+json")) {
                    json = Math.max(json, quality);
                }
            }
        } catch (RuntimeException e) {
            return false;
        }
        return page > json;
    }

    private Optional<byte[]> render(HttpRequest<?> request, Map<String, Object> model) {
        try {
            return Optional.of(views.render(request, VIEW, model));
        } catch (RuntimeException e) {
            LOG.error("The page of a problem cannot be rendered, request {}", EdgeFilter.idOf(request), e);
            return Optional.empty();
        }
    }

    /** Another shape for whatever goes wrong, at addresses whose callers know no problems. */
    public interface ErrorBody {

        /** Whether callers of this path expect it. */
        boolean at(String path);

        /** The status with which it goes out. */
        default int status(Problem problem) {
            return problem.type().status();
        }

        /** The members of the JSON body. */
        Map<String, Object> body(Problem problem);
    }
}
