package dev.latchkey.web.account;

import dev.latchkey.text.Texts;
import dev.latchkey.web.Identifier;
import dev.latchkey.web.Pages;
import dev.latchkey.web.session.PassphraseForms;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page where one signs in, in each of its states. What was typed stays, but never a passphrase. */
@Singleton
final class SignInPages {
    /** Where the form with a passphrase leads, if not to the overview. */
    static final String TO = "to";

    private static final String PROFILE = "profile";

    private final Texts texts;

    SignInPages(@Named("messages") Texts texts) {
        this.texts = texts;
    }

    static boolean leadsToProfile(@Nullable String to) {
        return PROFILE.equals(to);
    }

    MutableHttpResponse<?> empty(boolean toProfile) {
        return show(HttpStatus.OK, "", "", Map.of(), toProfile);
    }

    /** For who mistyped whom to mail a link to. */
    MutableHttpResponse<?> again(Identifier typed) {
        return show(HttpStatus.OK, typed.text(), "", Map.of(), false);
    }

    /** Neither an address nor a PIN to mail a link to. */
    MutableHttpResponse<?> refused(Identifier typed) {
        Map<String, String> errors = Map.of(Identifier.FIELD, texts.text(typed.error()));
        return show(HttpStatus.UNPROCESSABLE_ENTITY, typed.text(), "", errors, false);
    }

    /** Address and passphrase do not sign in. */
    MutableHttpResponse<?> refused(PassphraseForms.Outcome.Refused refused, boolean toProfile) {
        return refused.on(show(refused.status(), "", refused.email(), refused.errors(), toProfile));
    }

    /** Sent by a page of another site. */
    MutableHttpResponse<?> foreign() {
        return Pages.show(
                HttpStatus.FORBIDDEN,
                "account/sign-in",
                Identifier.FIELD,
                "",
                PassphraseForms.EMAIL,
                "",
                "errors",
                Map.of(),
                "foreign",
                true);
    }

    private static MutableHttpResponse<?> show(
            HttpStatus status, String identifier, String email, Map<String, String> errors, boolean toProfile) {
        return Pages.show(
                status,
                "account/sign-in",
                Identifier.FIELD,
                identifier,
                PassphraseForms.EMAIL,
                email,
                "errors",
                errors,
                TO,
                toProfile ? PROFILE : null);
    }
}
