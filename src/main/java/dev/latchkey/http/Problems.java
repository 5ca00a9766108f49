package dev.latchkey.http;

import io.micronaut.core.io.Writable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.micronaut.views.ViewsRenderer;
import io.micronaut.views.ViewsRendererLocator;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
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
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Set<ProblemType> RETRIED =
            EnumSet.of(ProblemType.UNAVAILABLE, ProblemType.TOO_MANY_REQUESTS, ProblemType.OUTCOME_UNKNOWN);

    private final JsonMapper json;
    private final ViewsRendererLocator views;
    private final List<ErrorBody> others;

    Problems(JsonMapper json, ViewsRendererLocator views, List<ErrorBody> others) {
        this.json = json;
        this.views = views;
        this.others = others;
    }

    /** The answer to a call that met this problem. */
    public MutableHttpResponse<?> respond(HttpRequest<?> request, Problem problem) {
        return respond(request, problem, HttpResponse.ok());
    }

    /** The same on a response that already has headers of its own, such as Allow. */
    MutableHttpResponse<Object> respond(HttpRequest<?> request, Problem problem, MutableHttpResponse<?> base) {
        ProblemType type = problem.type();
        MutableHttpResponse<Object> response = base.status(type.status()).body((Object) null);
        response.getHeaders().set(RequestId.HEADER, RequestId.of(request));
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        challenge(type).ifPresent(value -> response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, value));
        Duration wait = problem.retryAfter();
        if (wait == null && RETRIED.contains(type)) {
            wait = SOON;
        }
        if (wait != null) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(wait)));
        }
        return page(request, problem)
                .map(page -> response.body((Object) page).contentType(MediaType.TEXT_HTML + ";charset=utf-8"))
                .orElseGet(() -> otherBody(request, problem)
                        .map(body -> response.body((Object) write(body)).contentType(MediaType.APPLICATION_JSON_TYPE))
                        .orElseGet(() -> response.body((Object) write(members(request, problem)))
                                .contentType(MediaType.APPLICATION_JSON_PROBLEM)));
    }

    private Optional<Map<String, Object>> otherBody(HttpRequest<?> request, Problem problem) {
        return others.stream()
                .filter(errors -> errors.at(request.getPath()))
                .findFirst()
                .map(errors -> errors.body(problem));
    }

    /** How a caller could prove itself (RFC 6750, section 3). */
    private static Optional<String> challenge(ProblemType type) {
        return switch (type) {
            case TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED -> Optional.of("Bearer error=\"invalid_token\"");
            default -> type.status() == 401 ? Optional.of("Bearer") : Optional.empty();
        };
    }

    /** Rounded up, as a caller that comes a moment too early is refused again. */
    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    private static Map<String, Object> members(HttpRequest<?> request, Problem problem) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "/problems/" + problem.type().slug());
        members.put("title", ProblemTexts.title(problem.type()));
        members.put("status", problem.type().status());
        members.put("detail", problem.detail());
        members.put("instance", RequestId.of(request));
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
        if (!AcceptHeader.isPage(request)) {
            return Optional.empty();
        }
        ProblemPage page = ProblemPage.of(problem, RequestId.of(request));
        return render(request, Map.of("problem", page));
    }

    @SuppressWarnings("unchecked") // Thymeleaf's renderer takes any model with any request.
    private Optional<byte[]> render(HttpRequest<?> request, Map<String, Object> model) {
        try {
            ViewsRenderer<Object, HttpRequest<?>> renderer = (ViewsRenderer<Object, HttpRequest<?>>)
                    views.resolveViewsRenderer(VIEW, MediaType.TEXT_HTML, model).orElseThrow();
            Writable page = renderer.render(VIEW, model, request);
            StringWriter text = new StringWriter();
            page.writeTo(text);
            return Optional.of(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            LOG.error("The page of a problem cannot be rendered, request {}", RequestId.of(request), e);
            return Optional.empty();
        }
    }
}
