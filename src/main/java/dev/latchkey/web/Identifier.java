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

    private static final String DOING = "do";
    private static final String CORRECTING = "correct";

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    /** Of those that East Asian keyboards write in the width of a character of theirs, and that stand for ASCII. */
    private static final int FIRST_WIDE = 0xFF01;

    private static final int LAST_WIDE = 0xFF5E;
    private static final int FROM_WIDE_TO_ASCII = 0xFEE0;

    /** What a form says; nothing where it does not have the field. */
    public static Identifier in(Form form) {
        return new Identifier(Objects.requireNonNullElse(form.text(FIELD), ""));
    }

    /** Whether a form asks for no more than to be shown once again, with what was typed. */
    public static boolean isToCorrect(Form form) {
        return CORRECTING.equals(form.text(DOING));
    }

    /** Whom it names; empty when it is neither an address nor a PIN. */
    public Optional<Subject> subject() {
        return isNumber()
                ? Pin.parse(digits()).map(Subject.ByPin::new)
                : address().map(Subject.ByEmail::new);
    }

    /** The domain of the address that was typed. */
    Optional<String> domain() {
        return address()
                .map(address -> address.value().substring(address.value().indexOf('@') + 1));
    }

    /** The text that says what is wrong with one that names nobody. */
    public String error() {
        if (digits().isEmpty()) {
            return "landing.identifier.missing";
        }
        return isNumber() ? "landing.identifier.pin" : "landing.identifier.email";
    }

    private boolean isNumber() {
        return DIGITS.matcher(digits()).matches();
    }

    private Optional<EmailAddress> address() {
        StringBuilder narrow = new StringBuilder(text.length());
        text.chars()
                .map(c -> c >= FIRST_WIDE && c <= LAST_WIDE ? c - FROM_WIDE_TO_ASCII : c)
                .forEach(c -> narrow.append((char) c));
        return EmailAddress.parse(narrow.toString());
    }

    /** Digits of any script are digits; people copy PINs with the spaces and dashes that made them readable. */
    private String digits() {
        StringBuilder digits = new StringBuilder(text.length());
        InvisibleCharacters.remove(text)
                .codePoints()
                .filter(point -> Character.getType(point) != Character.DASH_PUNCTUATION)
                .map(point -> Character.isDigit(point) ? '0' + Character.digit(point, 10) : point)
                .forEach(digits::appendCodePoint);
        return digits.toString();
    }
}
