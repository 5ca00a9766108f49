package dev.latchkey.api.operations;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.checks.StartUpChecks;
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
 * move tells what a single call did. Without any key set there is nothing here.
 */
@Controller("/prometheus")
@ExecuteOn(TaskExecutors.BLOCKING)
final class MetricsController {
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final BearerKeys keys;
    private final boolean open;
    private final Problems problems;

    MetricsController(
            PrometheusMeterRegistry registry, LatchkeySettings settings, Environment environment, Problems problems) {
        this.registry = registry;
        this.keys = new BearerKeys(settings.metricsKeys());
        this.open = environment.getActiveNames().contains(StartUpChecks.DEV);
        this.problems = problems;
    }

    @Get
    @Produces(MediaType.ALL)
    HttpResponse<?> scrape(HttpRequest<?> request) {
        if (!open && keys.isEmpty()) {
            return problems.respond(request, Problem.of(ProblemType.NOT_FOUND));
        }
        if (!open && keys.find(request).isEmpty()) {
            return problems.respond(request, Problem.of(ProblemType.UNAUTHORIZED));
        }
        return HttpResponse.ok(registry.scrape()).contentType(FORMAT).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
