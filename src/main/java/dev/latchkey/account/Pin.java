package dev.latchkey.account;

import dev.latchkey.text.InvisibleCharacters;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The public 9-digit number of an account, 100000000 to 999999999. It identifies, it does not authenticate.
 *
 * @param value the number itself
 */
public record Pin(int value) {
    public static final int LEAST = 100_000_000;
    public static final int MOST = 999_999_999;
    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{8}");

    public Pin {
        if (value < LEAST || value > MOST) {
            throw new IllegalArgumentException("A PIN has nine digits");
        }
    }

    /**
     * Reads a PIN as somebody typed or pasted it; spaces and invisible characters around it are forgiven.
     *
     * @return empty unless the text is nine ASCII digits of which the first is not zero
     */
    public static Optional<Pin> parse(String text) {
        String typed = InvisibleCharacters.trim(text);
        return DIGITS.matcher(typed).matches() ? Optional.of(new Pin(Integer.parseInt(typed))) : Optional.empty();
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
