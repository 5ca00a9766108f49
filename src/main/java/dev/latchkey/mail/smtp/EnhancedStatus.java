package dev.latchkey.mail.smtp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The enhanced status code in a reply (RFC 3463), such as {@code 5.4.5}: class, subject and detail; all zero where there
 * is none.
 */
record EnhancedStatus(int kind, int subject, int detail) {
    /** Right after the reply code, or somewhere in the text as older servers write it: {@code (#5.7.1)}. */
    private static final Pattern CODE = Pattern.compile("(?<![\\d.])([245])\\.(\\d{1,3})\\.(\\d{1,3})(?!\\.?\\d)");

    static EnhancedStatus of(String reply) {
        Matcher found = CODE.matcher(reply);
        return found.find()
                ? new EnhancedStatus(number(found, 1), number(found, 2), number(found, 3))
                : new EnhancedStatus(0, 0, 0);
    }

    /** Whether it says "later", whatever the reply code says. */
    boolean isTransient() {
        return kind == 4;
    }

    private static int number(Matcher found, int group) {
        return Integer.parseInt(found.group(group));
    }
}
