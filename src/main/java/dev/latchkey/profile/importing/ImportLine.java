package dev.latchkey.profile.importing;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.profile.ProfileText;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One line of a file with existing users. */
sealed interface ImportLine {

    /**
     * A line that can be taken over.
     *
     * @param number line number in the file, from 1
     * @param pin absent to be given one
     */
    record Person(
            long number,
            EmailAddress email,
            @Nullable String name,
            @Nullable String locale,
            @Nullable Pin pin) implements ImportLine {

        boolean hasProfile() {
            return name != null || locale != null;
        }
    }

    /**
     * A line that cannot.
     *
     * @param reason in words, for the operator
     */
    record Refused(long number, String reason) implements ImportLine {}

    /** Reads the columns of one line; an empty column counts as absent. */
    static ImportLine parse(long number, Map<String, String> columns) {
        Optional<EmailAddress> email = column(columns, "email").flatMap(EmailAddress::parse);
        if (email.isEmpty()) {
            return new Refused(number, "no usable e-mail address");
        }
        // Tables of numbers with gaps in them are written with fractions.
        Optional<String> typedPin = column(columns, "pin").map(pin -> pin.replaceFirst("[.,]0+$", ""));
        Optional<Pin> pin = typedPin.flatMap(Pin::parse);
        if (typedPin.isPresent() && pin.isEmpty()) {
            return new Refused(number, "the PIN is not a number from 100000000 to 999999999");
        }
        ProfileText.Parsed name = ProfileText.name(column(columns, "name").orElse(""));
        if (name instanceof ProfileText.Parsed.Refused) {
            return new Refused(
                    number,
                    "the name is longer than " + ProfileText.NAME_MOST + " characters, has control characters or"
                            + " nothing that can be seen");
        }
        Optional<ProfileText.Parsed> locale = column(columns, "locale").map(ProfileText::locale);
        if (locale.isPresent() && locale.get() instanceof ProfileText.Parsed.Refused) {
            return new Refused(number, "the locale is not a language tag such as en or pt-BR");
        }
        return new Person(
                number, email.get(), text(name), locale.map(ImportLine::text).orElse(null), pin.orElse(null));
    }

    private static Optional<String> column(Map<String, String> columns, String name) {
        return Optional.ofNullable(columns.get(name)).filter(value -> !value.isBlank());
    }

    private static @Nullable String text(ProfileText.Parsed parsed) {
        return parsed instanceof ProfileText.Parsed.Text text && !text.value().isEmpty() ? text.value() : null;
    }
}
