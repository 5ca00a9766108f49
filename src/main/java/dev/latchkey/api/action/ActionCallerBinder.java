package dev.latchkey.api.action;

import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.LatchkeySettings.ActionKey;
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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** By the digest of what opens it. */
    private final Map<String, Assistant> assistants = new HashMap<>();

    private final KeyedDigest hints;

    ActionCallerBinder(LatchkeySettings settings, ServerSecret secret) {
        Set<String> bearers = new LinkedHashSet<>();
        for (ActionKey key : settings.assistants()) {
            bearers.addAll(key.bearers());
            Assistant assistant = new Assistant(BearerKeys.digestOf(key.key()), key.name());
            key.bearers().forEach(bearer -> assistants.putIfAbsent(BearerKeys.digestOf(bearer), assistant));
        }
        this.keys = new BearerKeys(bearers);
        this.hints = secret.mac("caller-hint");
    }

    @Override
    public Argument<Caller> argumentType() {
        return TYPE;
    }

    @Override
    public BindingResult<Caller> bind(ArgumentConversionContext<Caller> context, HttpRequest<?> request) {
        Assistant assistant = keys.find(request)
                .map(assistants::get)
                .orElseThrow(() -> new ProblemException(Problem.worded(ProblemType.UNAUTHORIZED, "key")));
        Caller caller = Caller.action(
                assistant.key(),
                assistant.name(),
                hint(request, "openai-ephemeral-user-id"),
                hint(request, "openai-conversation-id"));
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

    /** Whose key it is: the digest of it, and its name. */
    private record Assistant(String key, @Nullable String name) {}
}
