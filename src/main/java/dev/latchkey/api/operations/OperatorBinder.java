package dev.latchkey.api.operations;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.checks.StartUpChecks;
import dev.latchkey.http.AdminPort;
import dev.latchkey.http.BearerKeys;
import io.micronaut.context.env.Environment;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.security.Principal;
import java.util.Optional;

/**
 * Knows the operator, for whom health shows the parts that it consists of: whoever presents a key of the metrics or of the
 * admin API, in dev everybody. Others read one word, as probes need.
 */
@Singleton
final class OperatorBinder implements TypedRequestArgumentBinder<Principal> {
    private static final Argument<Principal> TYPE = Argument.of(Principal.class);
    private static final Principal OPERATOR = () -> "operator";

    private final BearerKeys keys;
    private final boolean open;
    private final AdminPort port;

    OperatorBinder(LatchkeySettings settings, Environment environment, AdminPort port) {
        keys = new BearerKeys(settings.metricsKeys());
        open = environment.getActiveNames().contains(StartUpChecks.DEV);
        this.port = port;
    }

    @Override
    public Argument<Principal> argumentType() {
        return TYPE;
    }

    @Override
    public BindingResult<Principal> bind(ArgumentConversionContext<Principal> context, HttpRequest<?> request) {
        Optional<Principal> found = isOperator(request) ? Optional.of(OPERATOR) : Optional.empty();
        return () -> found;
    }

    private boolean isOperator(HttpRequest<?> request) {
        return open
                || keys.find(request).isPresent()
                || (port.carries(request) && port.operator(request).isPresent());
    }
}
