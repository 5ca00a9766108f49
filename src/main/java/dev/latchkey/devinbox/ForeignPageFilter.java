package dev.latchkey.devinbox;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of others, which a developer has open beside, from changing anything here: their forms could post to this
 * machine. Scripts send neither header, and browsers say by Fetch Metadata where a call comes from, or else by its origin.
 */
@ServerFilter("/dev/**")
@OnlyInDev
final class ForeignPageFilter {
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private final Problems problems;

    ForeignPageFilter(Problems problems) {
        this.problems = problems;
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> refuse(HttpRequest<?> request) {
        return HARMLESS.contains(request.getMethod()) || isOurs(request.getHeaders())
                ? null
                : problems.respond(
                        request,
                        Problem.of(
                                ProblemType.FORBIDDEN,
                                "Pages of other origins change nothing in the dev environment."));
    }

    private static boolean isOurs(HttpHeaders headers) {
        String site = headers.get("Sec-Fetch-Site");
        String origin = headers.get(HttpHeaders.ORIGIN);
        if (site != null) {
            return OURS.contains(site);
        }
        return origin == null || isAt(origin, headers.get(HttpHeaders.HOST));
    }

    private static boolean isAt(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
