package dev.latchkey.http;

import dev.latchkey.trace.Traces;
import dev.latchkey.trace.WithCollector;
import dev.latchkey.trace.Work;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import java.util.List;

/**
 * Tells of each call, in the words of OpenTelemetry's conventions for HTTP but without what callers wrote: no path, whose
 * route says enough, as it holds tokens; no query, header or address.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
@WithCollector
final class TraceFilter {
    private static final String WORK = "latchkey.work";
    private static final int BROKEN = 500;

    /** What machines ask for every few seconds, and files. */
    private static final List<String> UNTOLD = List.of("/health", "/prometheus", "/assets/");

    private final Traces traces;

    TraceFilter(Traces traces) {
        this.traces = traces;
    }

    @RequestFilter
    @PreMatching
    void begin(HttpRequest<?> request, MutablePropagatedContext context) {
        if (UNTOLD.stream().anyMatch(request.getPath()::startsWith)) {
            return;
        }
        Work work = traces.begin(Work.Kind.CALL, methodOf(request));
        // A stranger may tie it to a trace of theirs, but neither make it part of that nor decide whether it is told
        // of.
        String caller = request.getHeaders().get("traceparent");
        if (caller != null) {
            work.calledFrom(caller);
        }
        request.setAttribute(WORK, work);
        context.add(work);
    }

    @ResponseFilter
    void end(HttpRequest<?> request, HttpResponse<?> response) {
        request.removeAttribute(WORK, Work.class).ifPresent(work -> {
            String method = methodOf(request);
            work.say("http.request.method", method);
            work.say("http.response.status_code", response.code());
            work.say("url.scheme", request.isSecure() ? "https" : "http");
            BasicHttpAttributes.getUriTemplate(request).ifPresent(route -> {
                work.say("http.route", route);
                work.rename(method + " " + route);
            });
            if (response.code() >= BROKEN) {
                work.failed(Integer.toString(response.code()));
            }
            work.close();
        });
    }

    private static String methodOf(HttpRequest<?> request) {
        return request.getMethod() == HttpMethod.CUSTOM
                ? "_OTHER"
                : request.getMethod().name();
    }
}
