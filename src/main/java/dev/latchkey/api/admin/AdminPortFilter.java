package dev.latchkey.api.admin;

import dev.latchkey.http.AdminPort;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the two ports apart: what is for operators is at the admin port alone, and nothing else is there. There nobody is
 * answered without a key, but who asks whether the server is well, and where metrics need none. The controllers ask for
 * the key once more, so that no spelling of an address gets around this.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
@OnAdminPort
final class AdminPortFilter {
    private static final Set<String> KNOW_THEIR_CALLERS = Set.of("health", "prometheus");
    private static final String ADMIN = "admin";

    private final AdminPort port;
    private final Problems problems;

    AdminPortFilter(AdminPort port, Problems problems) {
        this.port = port;
        this.problems = problems;
    }

    @RequestFilter
    @PreMatching
    @Nullable
    HttpResponse<?> keepApart(HttpRequest<?> request) {
        String room = roomOf(request.getPath());
        boolean knowsItsCallers = KNOW_THEIR_CALLERS.contains(room);
        boolean operators = knowsItsCallers || room.equals(ADMIN);
        if (!port.carries(request)) {
            return operators ? problems.respond(request, Problem.of(ProblemType.NOT_FOUND)) : null;
        }
        if (!knowsItsCallers && port.operator(request).isEmpty()) {
            return problems.respond(request, Problem.of(ProblemType.UNAUTHORIZED));
        }
        return operators ? null : problems.respond(request, Problem.of(ProblemType.NOT_FOUND));
    }

    /** The first part of an address. */
    private static String roomOf(String path) {
        int end = path.indexOf('/', 1);
        return path.isEmpty() ? "" : end < 0 ? path.substring(1) : path.substring(1, end);
    }
}
