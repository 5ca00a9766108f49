package dev.latchkey.http;

import dev.latchkey.config.LatchkeySettings;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets other front ends call Load, Save and the account API from a browser (Fetch standard, CORS protocol), for exactly
 * the configured origins. Without credentials: a token in the body or a bearer is the right, cookies play no part.
 */
@ServerFilter({"/api/update/load", "/api/update/save", "/auth/**", "/profile/**", "/nicknames/**"})
@Requires(property = "latchkey.allowed-origins")
@Order(CrossOriginFilter.AFTER_THE_EDGE)
final class CrossOriginFilter {
    static final int AFTER_THE_EDGE = -1000;
    private static final Terms OF_A_TOKEN = new Terms("POST", "Content-Type", "Retry-After, X-Request-Id");
    private static final Terms OF_A_BEARER = new Terms(
            "GET, POST, PUT, DELETE",
            "Authorization, Content-Type, If-Match",
            "ETag, Retry-After, WWW-Authenticate, X-Request-Id");
    private static final String TEN_MINUTES = "600";

    private final Set<String> origins;

    CrossOriginFilter(LatchkeySettings settings) {
        origins = Set.copyOf(settings.allowedOrigins());
    }

    @RequestFilter
    @PreMatching
    @Nullable
    HttpResponse<?> answerPreflight(HttpRequest<?> request) {
        boolean preflight = request.getMethod() == HttpMethod.OPTIONS
                && request.getHeaders().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
                && isAllowed(request);
        if (!preflight) {
            return null;
        }
        Terms terms = terms(request);
        MutableHttpResponse<?> response = HttpResponse.noContent()
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, terms.methods())
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, terms.headers())
                .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, TEN_MINUTES);
        // An answer that is given before routing passes no response filter.
        allow(request, response);
        return response;
    }

    @ResponseFilter
    void allow(HttpRequest<?> request, MutableHttpResponse<?> response) {
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (isAllowed(request)) {
            response.header(
                            HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN,
                            request.getOrigin().orElseThrow())
                    .header(
                            HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
                            terms(request).exposed());
        }
    }

    private boolean isAllowed(HttpRequest<?> request) {
        return request.getOrigin().filter(origins::contains).isPresent();
    }

    private static Terms terms(HttpRequest<?> request) {
        return request.getPath().startsWith("/api/") ? OF_A_TOKEN : OF_A_BEARER;
    }

    /** What a page of another origin may send, and what it may see of the answer. */
    private record Terms(String methods, String headers, String exposed) {}
}
