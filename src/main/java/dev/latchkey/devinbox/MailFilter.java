package dev.latchkey.devinbox;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpParameters;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which mails a script asks for.
 *
 * @param to the whole address of a recipient, whatever its case
 * @param subject part of the subject, whatever its case
 * @param since when they came in at the earliest; whole milliseconds, as they are stored
 * @param after id of the mail after which they came in
 * @param limit how many at most, the newest
 * @param patience how long to wait for one where there is none yet
 */
record MailFilter(
        @Nullable String to,
        @Nullable String subject,
        @Nullable Instant since,
        @Nullable String after,
        int limit,
        Duration patience) {
    /** What one can ask for. */
    static final List<String> READING = List.of("to", "subject", "since", "limit", "wait");

    /** What one can delete by. */
    static final List<String> DELETING = List.of("to");

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@,;<>]+@[^\\s@,;<>]+");

    /**
     * Reads the filters of a call.
     *
     * @param known which there are
     * @throws ProblemException 400 for any other, for one that is given twice, and for a value that is none
     */
    static MailFilter of(HttpParameters given, List<String> known) {
        for (String name : given.names()) {
            if (!known.contains(name)) {
                throw refused(name, "There is no filter " + name + ". Known: " + String.join(", ", known) + ".");
            }
            if (given.getAll(name).size() > 1) {
                throw refused(name, name + " is given twice.");
            }
        }
        Optional<String> since = value(
                given, "since", MailFilter::timeOrId, "a time such as 2026-11-27T14:00:00Z or the" + " id of a mail");
        return new MailFilter(
                value(given, "to", MailFilter::address, "one whole e-mail address")
                        .orElse(null),
                value(given, "subject", text -> text.isBlank() ? null : text, "a part of the subject")
                        .orElse(null),
                since.map(MailFilter::time).orElse(null),
                since.filter(text -> time(text) == null).orElse(null),
                value(given, "limit", MailFilter::count, "a whole number of at least 1")
                        .orElse(Integer.MAX_VALUE),
                value(given, "wait", MailFilter::pause, "a duration from 0s to 60s, such as 30s, 500ms or PT30S")
                        .orElse(Duration.ZERO));
    }

    /** Whether anything is said of which mails it is for. */
    boolean isEmpty() {
        return to == null && subject == null && since == null && after == null;
    }

    private static <T> Optional<T> value(
            HttpParameters given, String name, Function<String, @Nullable T> reading, String what) {
        String text = given.get(name);
        if (text == null) {
            return Optional.empty();
        }
        T value = reading.apply(text);
        if (value == null) {
            throw refused(name, name + " is not " + what + ".");
        }
        return Optional.of(value);
    }

    /** A plus that nobody wrote as %2B arrives as a space, and neither an address nor a time holds one. */
    private static String withPlus(String text) {
        return text.replace(' ', '+');
    }

    private static @Nullable String address(String text) {
        String address = withPlus(text);
        return ADDRESS.matcher(address).matches() ? address : null;
    }

    private static @Nullable String timeOrId(String text) {
        return time(text) != null || isId(text) ? text : null;
    }

    private static boolean isId(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(withPlus(text)).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable Integer count(String text) {
        try {
            int count = Integer.parseInt(text);
            return count > 0 ? count : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Duration pause(String text) {
        return ConversionService.SHARED
                .convert(text, Duration.class)
                .filter(pause -> !pause.isNegative() && pause.compareTo(LONGEST_WAIT) <= 0)
                .orElse(null);
    }

    private static ProblemException refused(String name, String detail) {
        return new ProblemException(Problem.ofField(ProblemType.INVALID_REQUEST, name, detail));
    }
}
