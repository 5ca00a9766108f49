package dev.latchkey.profile.importing;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.account.Tier;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.text.InvisibleCharacters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One line of a file with existing users. */
sealed interface ImportLine {

    /**
     * A line that can be taken over.
     *
     * @param number line number in the file, from 1
     * @param told of them; empty where nothing is
     * @param pin absent to be given one
     */
    record Person(
            long number,
            EmailAddress email,
            Map<ProfileField, String> told,
            @Nullable Pin pin) implements ImportLine {

        /** Their account, of which nobody has proved the mailbox. */
        Account account(int number, Instant now) {
            return new Account(
                    UuidCreator.getTimeOrderedEpoch(),
                    email,
                    number,
                    AccountStatus.ACTIVE,
                    Tier.FREE,
                    null,
                    null,
                    now,
                    true);
        }
    }

    /**
     * A line that cannot.
     *
     * @param reason in words, for the operator
     */
    record Refused(long number, String reason) implements ImportLine {}

    /** Reads the columns of one line; an empty column counts as absent. */
    private static ImportLine parse(long number, Map<String, String> columns) {
        Optional<EmailAddress> email = column(columns, "email").flatMap(EmailAddress::parse);
        if (email.isEmpty()) {
            return new Refused(number, "no usable email address");
        }
        // Tables of numbers with gaps in them are written with fractions.
        Optional<String> typedPin = column(columns, "pin").map(pin -> pin.replaceFirst("[.,]0+$", ""));
        Optional<Pin> pin = typedPin.flatMap(Pin::parse);
        if (typedPin.isPresent() && pin.isEmpty()) {
            return new Refused(number, "the PIN is not a number from 100000000 to 999999999");
        }
        List<InvalidField> refused = new ArrayList<>();
        Map<ProfileField, String> told =
                ProfileField.parseDraft(ProfileField.read(ProfileField.ON_ARRIVAL, columns::get), refused);
        return refused.isEmpty()
                ? new Person(number, email.get(), told, pin.orElse(null))
                : new Refused(number, sentence(refused.getFirst().field()));
    }

    private static String sentence(ProfileField field) {
        return switch (field) {
            case LOCALE -> "the locale is not a language tag such as en or pt-BR";
            case PRONOUNS ->
                "the pronouns are longer than " + field.most()
                        + " characters, have control characters or nothing that can be seen";
            default ->
                "the " + field.key() + " is longer than " + field.most()
                        + " characters, has control characters or nothing that can be seen";
        };
    }

    private static Optional<String> column(Map<String, String> columns, String name) {
        return Optional.ofNullable(columns.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * Which columns a file has, by its first line. Names are told by their letters alone: {@code E-Mail} is {@code email}.
     *
     * @param places where each column that is known stands
     * @param count of all columns
     */
    record Columns(Map<String, Integer> places, int count) {
        private static final String EMAIL = "email";
        private static final Set<String> KNOWN = known();

        /**
         * Reads the first line.
         *
         * @throws AccountImport.Unusable without a column {@code email}, and with two of one name
         */
        static Columns of(List<String> header) {
            Map<String, Integer> places = new HashMap<>();
            for (int i = 0; i < header.size(); i++) {
                String name = header.get(i).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
                if (KNOWN.contains(name) && places.put(name, i) != null) {
                    throw new AccountImport.Unusable("The first line names the column '" + name + "' twice");
                }
            }
            if (!places.containsKey(EMAIL)) {
                throw new AccountImport.Unusable("The first line must name the columns, one of them 'email'");
            }
            return new Columns(Map.copyOf(places), header.size());
        }

        private static Set<String> known() {
            Set<String> known = new HashSet<>(Set.of(EMAIL, "pin"));
            ProfileField.ON_ARRIVAL.forEach(field -> known.add(field.key()));
            return known;
        }

        /** Reads one line; a column that is missing or empty counts as absent. */
        ImportLine read(long number, List<String> fields) {
            if (fields.stream().skip(count).anyMatch(field -> !InvisibleCharacters.isAllOf(field))) {
                return new Refused(number, "there are more columns than in the first line");
            }
            Map<String, String> columns = new HashMap<>();
            places.forEach((name, place) -> {
                if (place < fields.size()) {
                    columns.put(name, fields.get(place));
                }
            });
            return parse(number, columns);
        }
    }
}
