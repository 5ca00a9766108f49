package dev.latchkey.web.account;

import dev.latchkey.http.Problem;
import dev.latchkey.text.Texts;
import dev.latchkey.web.Identifier;
import dev.latchkey.web.Pages;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page where one signs in, in each of its states. What was typed stays, but never a passphrase. */
@Singleton
final class SignInPages {
    static final String EMAIL = "email";
    static final String PASSPHRASE = "passphrase";

    private final Texts texts;

    SignInPages(@Named("messages") Texts texts) {
        this.texts = texts;
    }

    MutableHttpResponse<?> empty() {
        return show(HttpStatus.OK, "", "", Map.of());
    }

    /** Neither an address nor a PIN to mail a link to. */
    MutableHttpResponse<?> refused(Identifier typed) {
        return show(
                HttpStatus.UNPROCESSABLE_ENTITY, typed.text(), "", Map.of(Identifier.FIELD, texts.text(typed.error())));
    }

    /** An address or a passphrase is missing. */
    MutableHttpResponse<?> incomplete(String email, String passphrase) {
        Map<String, String> errors = new LinkedHashMap<>();
        if (email.isBlank()) {
            errors.put(EMAIL, texts.text("in.email.missing"));
        }
        if (passphrase.isEmpty()) {
            errors.put(PASSPHRASE, texts.text("in.passphrase.missing"));
        }
        return show(HttpStatus.UNPROCESSABLE_ENTITY, "", email, errors);
    }

    /** The same for every reason why somebody cannot sign in so. */
    MutableHttpResponse<?> wrong(String email) {
        return show(HttpStatus.UNPROCESSABLE_ENTITY, "", email, Map.of(PASSPHRASE, texts.text("in.wrong")));
    }

    MutableHttpResponse<?> slowedDown(String email, Duration wait) {
        long seconds = Problem.seconds(wait);
        return show(HttpStatus.TOO_MANY_REQUESTS, "", email, Map.of(PASSPHRASE, texts.text("in.slow", seconds)))
                .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }

    /** Sent by a page of another site. */
    MutableHttpResponse<?> foreign() {
        return Pages.show(
                HttpStatus.FORBIDDEN,
                "account/sign-in",
                Identifier.FIELD,
                "",
                EMAIL,
                "",
                "errors",
                Map.of(),
                "foreign",
                true);
    }

    private static MutableHttpResponse<?> show(
            HttpStatus status, String identifier, String email, Map<String, String> errors) {
        return Pages.show(status, "account/sign-in", Identifier.FIELD, identifier, EMAIL, email, "errors", errors);
    }
}
