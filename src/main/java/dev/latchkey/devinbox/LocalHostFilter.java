package dev.latchkey.devinbox;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls under any name but this machine's own. A page on the web whose name was pointed at 127.0.0.1 (DNS
 * rebinding), or a tunnel, would read the inbox otherwise.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@OnlyInDev
@Requires(property = LocalHostFilter.OPEN, notEquals = "true")
final class LocalHostFilter {
    /** Lets everybody in. */
    static final String OPEN = "latchkey.dev-open";

    private static final Pattern LOCAL = Pattern.compile("((.+\\.)?localhost\\.?|127(\\.\\d{1,3}){3}|\\[::1])(:\\d*)?");

    private final Problems problems;

    LocalHostFilter(Problems problems) {
        this.problems = problems;
    }

    @RequestFilter
    @PreMatching
    @Nullable
    HttpResponse<?> refuse(HttpRequest<?> request) {
        return isLocal(request.getHeaders().get(HttpHeaders.HOST))
                        && isLocal(request.getUri().getRawAuthority())
                ? null
                : problems.respond(request, Problem.worded(ProblemType.FORBIDDEN, "dev.host"));
    }

    /** A call without a name comes from no browser. */
    private static boolean isLocal(@Nullable String host) {
        return host == null || LOCAL.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
