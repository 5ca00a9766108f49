package dev.latchkey.http;

import dev.latchkey.text.Texts;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The language in which the call at hand is answered: what its Accept-Language asks for, else the account's own where
 * the caller may see it, else English.
 *
 * <p>An account's language is a value of its profile, and whoever may ask for a link need not be its owner. So only the
 * token of a link reveals it, whatever is told about who has an account.
 */
public final class CallLanguage {
    private static final String REVEALED = CallLanguage.class.getName() + ".revealed";

    private CallLanguage() {}

    /** The language among those that there are texts in. */
    public static Locale among(Texts texts) {
        return ServerRequestContext.currentRequest()
                .flatMap(request -> find(request, texts))
                .orElse(Texts.FALLBACK);
    }

    /** Lets the answer to this call be in the language of an account, as the caller holds the right to see it. */
    public static void reveal(HttpRequest<?> request, @Nullable String languageTag) {
        if (languageTag != null) {
            request.setAttribute(REVEALED, languageTag);
        }
    }

    /** Whether the call itself asks for a language that there are texts in. */
    public static boolean isAsked(HttpRequest<?> request, Texts texts) {
        return asked(request, texts).isPresent();
    }

    private static Optional<Locale> find(HttpRequest<?> request, Texts texts) {
        return asked(request, texts)
                .or(() -> request.getAttribute(REVEALED, String.class).flatMap(texts::best));
    }

    private static Optional<Locale> asked(HttpRequest<?> request, Texts texts) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE))
                .flatMap(texts::best);
    }
}
