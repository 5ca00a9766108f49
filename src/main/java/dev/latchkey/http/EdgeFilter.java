package dev.latchkey.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.http.server.annotation.PreMatching;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The first to see a request and the last to see its answer: refuses what the framework would stumble over later, gives
 * each answer its request id, and a body to errors that have none.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EdgeFilter {
    private final Problems problems;

    EdgeFilter(Problems problems) {
        this.problems = problems;
    }

    @RequestFilter
    @PreMatching
    @Nullable
    HttpResponse<?> refuseMalformed(HttpRequest<?> request) {
        // Nothing is at hand yet from which the language could be told.
        return ServerRequestContext.with(request, (Supplier<@Nullable HttpResponse<?>>) () -> {
            Problem problem = RequestHeadCheck.problemIn(request);
            return problem == null ? null : problems.respond(request, problem);
        });
    }

    @ResponseFilter
    void complete(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (response.code() >= 400 && response.body() == null && request.getMethod() != HttpMethod.HEAD) {
            response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
            problems.respond(request, Problem.of(ProblemType.ofStatus(response.code())), response);
        }
        response.getHeaders().set(RequestId.HEADER, RequestId.of(request));
    }
}
