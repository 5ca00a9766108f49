package dev.latchkey.web.session;

import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.http.Problem;
import dev.latchkey.session.PageSessions;
import dev.latchkey.session.SignInOutcome;
import dev.latchkey.session.SignInService;
import dev.latchkey.text.Texts;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs in by address and passphrase, on each page that offers it. Nobody learns why somebody cannot. */
@Singleton
public final class PassphraseForms {
    /** The names of the two fields, and of the inputs where they are mended. */
    public static final String EMAIL = "email";

    public static final String PASSPHRASE = "passphrase";

    private final SignInService signIns;
    private final PageSessions sessions;
    private final CallerAddressResolver callers;
    private final Texts texts;

    PassphraseForms(
            SignInService signIns,
            PageSessions sessions,
            CallerAddressResolver callers,
            @Named("messages") Texts texts) {
        this.signIns = signIns;
        this.sessions = sessions;
        this.callers = callers;
        this.texts = texts;
    }

    /** What a form comes to. Takes a while. */
    public Outcome signIn(HttpRequest<?> request, Form form) {
        String email = Objects.requireNonNullElse(form.text(EMAIL), "");
        String passphrase = Objects.requireNonNullElse(form.text(PASSPHRASE), "");
        Map<String, String> missing = missing(email, passphrase);
        if (!missing.isEmpty()) {
            return new Outcome.Refused(email, missing, null);
        }
        return switch (signIns.check(email, passphrase, callers.of(request))) {
            case SignInOutcome.Refused refused -> wrong(email);
            case SignInOutcome.SlowedDown slow -> {
                String error = texts.text("in.slow", slow.retryAfter());
                yield new Outcome.Refused(email, Map.of(PASSPHRASE, error), slow.retryAfter());
            }
            case SignInOutcome.Matched matched -> {
                Optional<String> cookie =
                        sessions.openByPassphrase(matched.account(), SignedInBrowsers.client(request));
                yield cookie.isPresent() ? new Outcome.SignedIn(cookie.get()) : wrong(email);
            }
        };
    }

    private Map<String, String> missing(String email, String passphrase) {
        Map<String, String> errors = new LinkedHashMap<>();
        if (email.isBlank()) {
            errors.put(EMAIL, texts.text("in.email.missing"));
        }
        if (passphrase.isEmpty()) {
            errors.put(PASSPHRASE, texts.text("in.passphrase.missing"));
        }
        return errors;
    }

    /** The same for every reason why somebody cannot sign in so. */
    private Outcome wrong(String email) {
        return new Outcome.Refused(email, Map.of(PASSPHRASE, texts.text("in.wrong")), null);
    }

    /** What signing in with a passphrase can lead to. */
    public sealed interface Outcome {

        /**
         * Somebody is signed in.
         *
         * @param cookie the value that their browser is to keep
         */
        record SignedIn(String cookie) implements Outcome {
            @Override
            public String toString() {
                return "signed in";
            }
        }

        /**
         * Nobody is.
         *
         * @param email as it was typed
         * @param errors by the id of where each is mended
         * @param retryAfter when the next attempt may be made; absent where it may be at once
         */
        record Refused(
                String email,
                Map<String, String> errors,
                @Nullable Duration retryAfter) implements Outcome {

            /** With what status the form is shown again. */
            public HttpStatus status() {
                return retryAfter == null ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.TOO_MANY_REQUESTS;
            }

            /** The form shown again, saying when it may be sent. */
            public MutableHttpResponse<?> on(MutableHttpResponse<?> page) {
                return retryAfter == null
                        ? page
                        : page.header(HttpHeaders.RETRY_AFTER, Long.toString(Problem.seconds(retryAfter)));
            }
        }
    }
}
