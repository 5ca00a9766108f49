package dev.latchkey.api.oauth;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.FilterPatternStyle;
import io.micronaut.http.server.annotation.PreMatching;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients call from a browser wherever their page comes from (Fetch standard, CORS protocol): who may ask is no
 * matter of origins here, and no cookie counts. The framework's filter would name each caller's origin, which caches
 * would have to keep apart.
 */
@ServerFilter(
        value = "/oauth/(token|revoke|register)"
                + "|/\\.well-known/oauth-(authorization-server|protected-resource(/.*)?)",
        patternStyle = FilterPatternStyle.REGEX)
final class AnyOriginFilter implements Ordered {
    private static final String ANY = "*";

    @RequestFilter
    @PreMatching
    @Nullable
    HttpResponse<?> answerPreflight(HttpRequest<?> request) {
        boolean preflight = request.getMethod() == HttpMethod.OPTIONS
                && request.getHeaders().contains(HttpHeaders.ORIGIN)
                && request.getHeaders().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        return preflight
                ? HttpResponse.noContent()
                        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY)
                        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                        .header(
                                HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
                                "Authorization, Content-Type, MCP-Protocol-Version")
                        .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600")
                : null;
    }

    @ResponseFilter
    void allow(MutableHttpResponse<?> response) {
        response.getHeaders().set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
        response.getHeaders()
                .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After, WWW-Authenticate, X-Request-Id");
    }

    /** Around those that answer by themselves. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }
}
