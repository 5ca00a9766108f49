package dev.latchkey.web;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.text.InvisibleCharacters;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom somebody means who asks for a link on a page: by address or by PIN, in one field.
 *
 * @param text as it was typed
 */
public record Identifier(String text) {
    /** The name of the field. */
    public static final String FIELD = "identifier";

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    /** What a form says; nothing where it does not have the field. */
    public static Identifier in(Form form) {
        return new Identifier(Objects.requireNonNullElse(form.text(FIELD), ""));
    }

    /** Whom it names; empty when it is neither an address nor a PIN. */
    public Optional<Subject> subject() {
        return isNumber()
                ? Pin.parse(compact()).map(Subject.ByPin::new)
                : EmailAddress.parse(text).map(Subject.ByEmail::new);
    }

    /** The text that says what is wrong with one that names nobody. */
    public String error() {
        if (compact().isEmpty()) {
            return "landing.identifier.missing";
        }
        return isNumber() ? "landing.identifier.pin" : "landing.identifier.email";
    }

    private boolean isNumber() {
        return DIGITS.matcher(compact()).matches();
    }

    /** People copy PINs with the spaces that made them readable. */
    private String compact() {
        return InvisibleCharacters.remove(text);
    }
}
