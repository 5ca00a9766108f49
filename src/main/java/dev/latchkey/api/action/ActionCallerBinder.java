package dev.latchkey.api.action;

import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.http.BearerKeys;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.magiclink.Caller;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bearer key of a call into an {@link Caller}, or refuses it with 401 before its body is read.
 *
 * <p>An argument and not a filter: filters are chosen by the spelling of an address, and a spelling that they miss and
 * the router takes (a slash at the end) would be an open door.
 */
@Singleton
final class ActionCallerBinder implements TypedRequestArgumentBinder<Caller> {
    private static final Argument<Caller> TYPE = Argument.of(Caller.class);
    private static final int LONGEST_HINT = 256;

    private final BearerKeys keys;
    private final KeyedDigest hints;

    ActionCallerBinder(LatchkeySettings settings, ServerSecret secret) {
        this.keys = new BearerKeys(settings.actionKeys());
        this.hints = secret.mac("caller-hint");
    }

    @Override
    public Argument<Caller> argumentType() {
        return TYPE;
    }

    @Override
    public BindingResult<Caller> bind(ArgumentConversionContext<Caller> context, HttpRequest<?> request) {
        String key = keys.find(request)
                .orElseThrow(() -> new ProblemException(Problem.worded(ProblemType.UNAUTHORIZED, "key")));
        Caller caller =
                new Caller(key, hint(request, "openai-ephemeral-user-id"), hint(request, "openai-conversation-id"));
        return () -> Optional.of(caller);
    }

    /** Keyed, because the ids of conversations could otherwise be found by trying. */
    private @Nullable String hint(HttpRequest<?> request, String header) {
        String value = request.getHeaders().get(header);
        if (value == null || value.isBlank() || value.length() > LONGEST_HINT) {
            return null;
        }
        return hints.of(header + ":" + value);
    }
}
