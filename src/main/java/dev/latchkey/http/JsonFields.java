package dev.latchkey.http;

import dev.latchkey.http.JsonReader.Place;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object that a caller sent. Unknown members are ignored, {@code null} counts as absent, and a
 * member of another type than it is asked for is refused with 400 and a pointer to it. Nothing is ever converted (the
 * string {@code "true"} is no boolean), but where an object is asked for, a string that holds exactly one JSON object
 * counts as it: assistants' clients send objects so, and no model can mend it.
 */
public final class JsonFields {
    /** Largest body in bytes; above it the answer is 413. */
    public static final int MOST_BYTES = 64 * 1024;

    private final @Nullable Place place;
    private final Map<String, Object> members;

    JsonFields(@Nullable Place place, Map<String, Object> members) {
        this.place = place;
        this.members = members;
    }

    /**
     * Reads one JSON object.
     *
     * @throws ProblemException 413 above {@link #MOST_BYTES}; 400 when it is not UTF-8, not JSON, not an object, nested
     *     deeper than 16 levels, holds a name or number of more than 100 characters, or names a member twice
     */
    public static JsonFields parse(byte[] body) {
        JsonFields fields = held(JsonReader.read(text(body), null), null);
        if (fields == null) {
            throw JsonReader.malformed();
        }
        return fields;
    }

    /** Reads a JSON list as {@link #parse} reads an object; null stands for each element that is no object. */
    public static List<@Nullable JsonFields> parseAll(byte[] body) {
        if (!(JsonReader.read(text(body), null) instanceof List<?> list)) {
            throw JsonReader.malformed();
        }
        List<@Nullable JsonFields> all = new ArrayList<>();
        for (Object element : list) {
            all.add(held(element, new Place(null, all.size())));
        }
        return all;
    }

    private static String text(byte[] body) {
        if (body.length > MOST_BYTES) {
            throw new ProblemException(ProblemType.TOO_LARGE, ProblemTexts.text("body.large", MOST_BYTES / 1024));
        }
        return StrictText.utf8(body);
    }

    /** Whether the object has this member with a value other than {@code null}. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** A member of any type: text, number, boolean, list or {@code JsonFields}; null when it is absent. */
    public @Nullable Object value(String name) {
        return members.get(name);
    }

    public @Nullable String string(String name) {
        return as(String.class, name, "string");
    }

    /** A whole number, however it is spelt ({@code 1e2}, {@code 3.0}), within the range of a long. */
    public @Nullable Long integer(String name) {
        BigInteger value = as(BigInteger.class, name, "integer");
        if (value != null && value.bitLength() > 63) {
            throw refused(name, "long");
        }
        return value == null ? null : value.longValue();
    }

    /** Digits that callers send as a number or as a string, such as a PIN; not checked further. */
    public @Nullable String digits(String name) {
        return members.get(name) instanceof BigInteger number ? number.toString() : as(String.class, name, "digits");
    }

    public @Nullable Boolean bool(String name) {
        return as(Boolean.class, name, "boolean");
    }

    public @Nullable JsonFields object(String name) {
        JsonFields fields = objectOrNull(name);
        if (fields == null && has(name)) {
            throw refused(name, "object");
        }
        return fields;
    }

    /** The same, but null also when the member is something else. */
    public @Nullable JsonFields objectOrNull(String name) {
        return held(members.get(name), new Place(place, name));
    }

    /** A list whose elements are all objects. */
    public @Nullable List<JsonFields> objects(String name) {
        List<?> list = as(List.class, name, "objects");
        if (list == null) {
            return null;
        }
        List<JsonFields> objects = new ArrayList<>();
        for (Object element : list) {
            JsonFields fields = held(element, new Place(new Place(place, name), objects.size()));
            if (fields == null) {
                throw refused(name, "objects");
            }
            objects.add(fields);
        }
        return objects;
    }

    /** The object that a value is or, as a string of JSON, holds; null when it is neither. */
    private static @Nullable JsonFields held(@Nullable Object value, @Nullable Place place) {
        if (value instanceof JsonFields fields) {
            return fields;
        }
        if (!(value instanceof String text) || !text.stripLeading().startsWith("{")) {
            return null;
        }
        try {
            return JsonReader.read(text, place) instanceof JsonFields fields ? fields : null;
        } catch (ProblemException e) {
            return null;
        }
    }

    private <T> @Nullable T as(Class<T> type, String name, String expected) {
        Object value = members.get(name);
        if (value != null && !type.isInstance(value)) {
            throw refused(name, expected);
        }
        return type.cast(value);
    }

    private ProblemException refused(String name, String expected) {
        String detail = ProblemTexts.text("field." + expected, name);
        return new ProblemException(Problem.of(ProblemType.INVALID_REQUEST, detail)
                .withErrors(List.of(new FieldError(new Place(place, name).pointer(), detail))));
    }
}
