package dev.latchkey.http;

import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.text.Languages;
import dev.latchkey.text.Texts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that went wrong in one call.
 *
 * @param detail one plain sentence that a person or a model can repeat
 * @param errors the invalid fields, where it is about fields
 * @param extra further members of the JSON form
 * @param retryAfterSeconds when the same request is worth another try
 */
public record Problem(
        ProblemType type,
        String detail,
        List<FieldError> errors,
        Map<String, Object> extra,
        @Nullable Long retryAfterSeconds) {
    private static final Long SOON = 5L;

    /** No bean, as requests are refused where none is at hand: while they are parsed. */
    private static final Texts TEXTS = new Texts("problems");

    public Problem {
        errors = List.copyOf(errors);
        extra = Map.copyOf(extra);
    }

    /** A problem of which nothing more is known than its kind. */
    public static Problem of(ProblemType type) {
        return of(type, type.explanation());
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), Map.of(), type.passes() ? SOON : null);
    }

    /** A problem whose detail is a text of {@code i18n/problems.properties}, in the language of the call at hand. */
    public static Problem worded(ProblemType type, String key, @Nullable Object... values) {
        return of(type, text(key, values));
    }

    /** That nobody knows whether something was done, and how to find out. */
    public static Problem of(OutcomeUnknown unknown) {
        OutcomeUnknown.Doing doing = unknown.doing();
        return worded(
                doing.isKnownLater() ? ProblemType.OUTCOME_UNKNOWN : ProblemType.UNAVAILABLE,
                "unknown." + doing.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** A sentence of {@code i18n/problems.properties}. */
    public static String text(String key, @Nullable Object... values) {
        return TEXTS.text(key, values);
    }

    /** The language these are in. */
    static Locale language() {
        return Languages.ofCall(TEXTS);
    }

    /** A problem with one field of the request. */
    public static Problem ofField(ProblemType type, String field, String detail) {
        return of(type, detail).withErrors(List.of(FieldError.of(field, detail)));
    }

    public Problem withErrors(List<FieldError> fields) {
        return new Problem(type, detail, fields, extra, retryAfterSeconds);
    }

    /** Adds a member to the JSON form; the value is anything that can be written as JSON. */
    public Problem with(String member, Object value) {
        Map<String, Object> more = new HashMap<>(extra);
        more.put(member, value);
        return new Problem(type, detail, errors, more, retryAfterSeconds);
    }

    public Problem withRetryAfter(Duration wait) {
        return new Problem(type, detail, errors, extra, seconds(wait));
    }

    /** A wait in seconds, rounded up, as a caller that comes a moment too early is refused again. */
    public static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
