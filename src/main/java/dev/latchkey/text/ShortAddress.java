package dev.latchkey.text;

import java.util.regex.Pattern;

/** Addresses of people where an operator need only recognise them: {@code a…@example.com}. */
public final class ShortAddress {
    /** One character of the mailbox is kept, and the domain, whose mail server may be what is wrong. */
    private static final Pattern ADDRESS = Pattern.compile(
            "([A-Za-z0-9!#$%&'*+/=?^_`{|}~-])[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]*(@[A-Za-z0-9][A-Za-z0-9.-]*)");

    private ShortAddress() {}

    /** A text with each address in it shortened; an address is such a text. */
    public static String in(String text) {
        return ADDRESS.matcher(text).replaceAll("$1…$2");
    }
}
