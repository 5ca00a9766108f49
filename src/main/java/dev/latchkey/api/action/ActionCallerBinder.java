package dev.latchkey.api.action;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.http.BearerKeys;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemTexts;
import dev.latchkey.http.ProblemType;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bearer key of a call into an {@link ActionCaller}, or refuses it with 401 before its body is read.
 *
 * <p>An argument and not a filter: filters are chosen by the spelling of an address, and a spelling that they miss and
 * the router takes (a slash at the end) would be an open door.
 */
@Singleton
final class ActionCallerBinder implements TypedRequestArgumentBinder<ActionCaller> {
    private static final Argument<ActionCaller> TYPE = Argument.of(ActionCaller.class);
    private static final String HMAC = "HmacSHA256";
    private static final int LONGEST_HINT = 256;

    private final BearerKeys keys;
    private final SecretKeySpec hintKey;

    ActionCallerBinder(LatchkeySettings settings, ServerSecret secret) {
        this.keys = new BearerKeys(settings.actionKeys());
        this.hintKey = secret.keyFor("caller-hint");
    }

    @Override
    public Argument<ActionCaller> argumentType() {
        return TYPE;
    }

    @Override
    public BindingResult<ActionCaller> bind(ArgumentConversionContext<ActionCaller> context, HttpRequest<?> request) {
        String key = keys.find(request)
                .orElseThrow(() -> new ProblemException(ProblemType.UNAUTHORIZED, ProblemTexts.text("key")));
        ActionCaller caller = new ActionCaller(
                key, hint(request, "openai-ephemeral-user-id"), hint(request, "openai-conversation-id"));
        return () -> Optional.of(caller);
    }

    /** Keyed, because the ids of conversations could otherwise be found by trying. */
    private @Nullable String hint(HttpRequest<?> request, String header) {
        String value = request.getHeaders().get(header);
        if (value == null || value.isBlank() || value.length() > LONGEST_HINT) {
            return null;
        }
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(hintKey);
            mac.update((header + ":").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + HMAC, e);
        }
    }
}
