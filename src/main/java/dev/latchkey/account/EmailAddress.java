package dev.latchkey.account;

import dev.latchkey.text.InvisibleCharacters;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One email address in its identity form: ASCII, lower case.
 *
 * <p>Deliberately narrower than RFC 5321: a dot-atom local part of at most 64 characters, a dotted domain (an
 * internationalised one becomes its A-label by UTS 46, non-transitional), at most 254 characters in all. No display names, groups, lists, comments,
 * quoted local parts or IP literals: each of them has been used to make two readers see two different mailboxes.
 */
public record EmailAddress(String value) {
    private static final int MOST = 254;
    private static final int MOST_LOCAL = 64;
    private static final Pattern LOCAL =
            Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /**
     * Reads an address as somebody typed or pasted it; spaces and invisible characters around it are forgiven, nothing
     * else is, and none within.
     *
     * <p>What it gives reads as itself again.
     *
     * @return empty when the text is not exactly one address
     */
    public static Optional<EmailAddress> parse(String text) {
        String typed = InvisibleCharacters.trim(text);
        int at = typed.indexOf('@');
        if (at < 1 || at > MOST_LOCAL || typed.length() > MOST || typed.indexOf('@', at + 1) >= 0) {
            return Optional.empty();
        }
        String local = lower(typed.substring(0, at));
        if (!LOCAL.matcher(local).matches()) {
            return Optional.empty();
        }
        return domain(typed.substring(at + 1))
                .map(domain -> local + "@" + domain)
                .filter(address -> address.length() <= MOST)
                .map(EmailAddress::new);
    }

    private static Optional<String> domain(String typed) {
        String lower = lower(typed);
        return isInternational(lower)
                ? InternationalDomain.toAscii(lower).flatMap(EmailAddress::checked)
                : checked(lower);
    }

    /** Whether plain comparison is not enough for a domain: other characters than ASCII, or labels that stand for some. */
    private static boolean isInternational(String domain) {
        return domain.chars().anyMatch(c -> c >= 0x80) || domain.contains("xn--");
    }

    private static Optional<String> checked(String ascii) {
        String[] labels = ascii.split("\\.", -1);
        boolean dotted = labels.length >= 2;
        for (String label : labels) {
            dotted &= LABEL.matcher(label).matches();
        }
        boolean literal = NUMBER.matcher(labels[labels.length - 1]).matches();
        return dotted && !literal ? Optional.of(ascii) : Optional.empty();
    }

    private static String lower(String text) {
        // Only A-Z: a Unicode-aware lower case would turn KELVIN SIGN into k and so one person into another.
        StringBuilder lower = new StringBuilder(text.length());
        text.chars().map(c -> c >= 'A' && c <= 'Z' ? c + 32 : c).forEach(c -> lower.append((char) c));
        return lower.toString();
    }

    @Override
    public String toString() {
        return value;
    }

    /** Stores an address as text. */
    @Singleton
    static final class Stored implements AttributeConverter<EmailAddress, String> {

        @Override
        public @Nullable String convertToPersistedValue(@Nullable EmailAddress address, ConversionContext context) {
            return address == null ? null : address.value();
        }

        @Override
        public @Nullable EmailAddress convertToEntityValue(@Nullable String stored, ConversionContext context) {
            return stored == null ? null : new EmailAddress(stored);
        }
    }
}
