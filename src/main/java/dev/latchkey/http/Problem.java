package dev.latchkey.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that went wrong in one call.
 *
 * @param detail one plain sentence that a person or a model can repeat
 * @param errors the invalid fields, where it is about fields
 * @param extra further members of the JSON form
 * @param retryAfter when the same request is worth another try
 */
public record Problem(
        ProblemType type,
        String detail,
        List<FieldError> errors,
        Map<String, Object> extra,
        @Nullable Duration retryAfter) {

    public Problem {
        errors = List.copyOf(errors);
        extra = Map.copyOf(extra);
    }

    public Problem(ProblemType type, String detail, List<FieldError> errors, Map<String, Object> extra) {
        this(type, detail, errors, extra, null);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), Map.of());
    }

    /** A problem with one field of the request. */
    public static Problem ofField(ProblemType type, String field, String detail) {
        return of(type, detail).withErrors(List.of(FieldError.of(field, detail)));
    }

    public Problem withErrors(List<FieldError> fields) {
        return new Problem(type, detail, fields, extra, retryAfter);
    }

    /** Adds a member to the JSON form; the value is anything that can be written as JSON. */
    public Problem with(String member, Object value) {
        Map<String, Object> more = new HashMap<>(extra);
        more.put(member, value);
        return new Problem(type, detail, errors, more, retryAfter);
    }

    public Problem withRetryAfter(Duration wait) {
        return new Problem(type, detail, errors, extra, wait);
    }
}
