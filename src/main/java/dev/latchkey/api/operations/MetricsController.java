package dev.latchkey.api.operations;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.checks.StartUpChecks;
import dev.latchkey.http.AdminPort;
import dev.latchkey.http.BearerKeys;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.env.Environment;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/**
 * The metrics, in Prometheus' text format. Outside dev only for whoever holds a key: they name no person, yet how they
 * move tells what a single call did. Without any key set there is nothing here, but at the admin port, which only
 * operators reach.
 */
@Controller("/prometheus")
@ExecuteOn(TaskExecutors.BLOCKING)
final class MetricsController {
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final BearerKeys keys;
    private final boolean open;
    private final AdminPort port;
    private final Problems problems;

    MetricsController(
            PrometheusMeterRegistry registry,
            LatchkeySettings settings,
            Environment environment,
            AdminPort port,
            Problems problems) {
        this.registry = registry;
        this.keys = new BearerKeys(settings.metricsKeys());
        this.open = environment.getActiveNames().contains(StartUpChecks.DEV);
        this.port = port;
        this.problems = problems;
    }

    private boolean mayRead(HttpRequest<?> request) {
        return keys.isEmpty()
                ? port.carries(request)
                : keys.find(request).isPresent()
                        || (port.carries(request) && port.operator(request).isPresent());
    }

    @Get
    @Produces(MediaType.ALL)
    HttpResponse<?> scrape(HttpRequest<?> request) {
        if (!open && !mayRead(request)) {
            boolean none = keys.isEmpty() && !port.isOn();
            return problems.respond(request, Problem.of(none ? ProblemType.NOT_FOUND : ProblemType.UNAUTHORIZED));
        }
        return HttpResponse.ok(registry.scrape()).contentType(FORMAT).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
