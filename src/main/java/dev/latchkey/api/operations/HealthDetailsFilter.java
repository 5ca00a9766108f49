package dev.latchkey.api.operations;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.checks.StartUpChecks;
import dev.latchkey.http.AdminPort;
import dev.latchkey.http.BearerKeys;
import io.micronaut.context.env.Environment;
import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.security.Principal;

/**
 * Lets those who hold a key of the metrics, or of the admin API, see the parts that health is made of; in dev everybody.
 * Whoever has none reads one word, as probes need.
 */
@ServerFilter({"/health", "/health/**"})
final class HealthDetailsFilter {
    private static final Principal OPERATOR = () -> "operator";

    private final BearerKeys keys;
    private final boolean open;
    private final AdminPort port;

    HealthDetailsFilter(LatchkeySettings settings, Environment environment, AdminPort port) {
        keys = new BearerKeys(settings.metricsKeys());
        open = environment.getActiveNames().contains(StartUpChecks.DEV);
        this.port = port;
    }

    @RequestFilter
    void recognise(HttpRequest<?> request) {
        if (open
                || keys.find(request).isPresent()
                || (port.carries(request) && port.operator(request).isPresent())) {
            request.setAttribute(HttpAttributes.PRINCIPAL, OPERATOR);
        }
    }
}
