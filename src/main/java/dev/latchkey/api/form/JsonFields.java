package dev.latchkey.api.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.Problem;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.problem.ProblemTexts;
import dev.latchkey.api.problem.ProblemType;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object that a caller sent. Unknown members are ignored, {@code null} counts as absent, and a
 * member of another type than it is asked for is refused with 400 and a pointer to it. Nothing is ever converted: the
 * string {@code "true"} is no boolean.
 */
public final class JsonFields {
    /** Largest body in bytes; above it the answer is 413. */
    public static final int MOST_BYTES = 64 * 1024;

    private static final int DEEPEST = 16;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_NUMBER = 100;

    private static final JsonFactory PARSER = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    private final @Nullable Place place;
    private final Map<String, Object> members;

    private JsonFields(@Nullable Place place, Map<String, Object> members) {
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
        if (body.length > MOST_BYTES) {
            throw new ProblemException(ProblemType.TOO_LARGE, ProblemTexts.text("body.large", MOST_BYTES / 1024));
        }
        try (JsonParser parser = PARSER.createParser(Utf8.decode(body))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed();
            }
            JsonFields fields = new JsonFields(null, object(parser, null));
            if (parser.nextToken() != null) {
                throw malformed();
            }
            return fields;
        } catch (StreamConstraintsException e) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, ProblemTexts.text("body.bounds", DEEPEST, LONGEST_NAME));
        } catch (IOException e) {
            throw malformed();
        }
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

    /** A whole number written without fraction or exponent, within the range of a long. */
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
        return as(JsonFields.class, name, "object");
    }

    /** A list whose elements are all objects. */
    public @Nullable List<JsonFields> objects(String name) {
        List<?> list = as(List.class, name, "objects");
        if (list == null) {
            return null;
        }
        List<JsonFields> objects = new ArrayList<>();
        for (Object element : list) {
            if (!(element instanceof JsonFields fields)) {
                throw refused(name, "objects");
            }
            objects.add(fields);
        }
        return objects;
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

    private static Map<String, Object> object(JsonParser parser, @Nullable Place place) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = wellFormed(parser.currentName());
            parser.nextToken();
            Object value = value(parser, place, name);
            if (value != null) {
                members.put(name, value);
            }
        }
        return members;
    }

    /** The value at hand, which has this name, or this index, in what lies at that place. */
    private static @Nullable Object value(JsonParser parser, @Nullable Place parent, Object name) throws IOException {
        return switch (Objects.requireNonNull(parser.currentToken())) {
            case VALUE_STRING -> wellFormed(parser.getText());
            case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> {
                Place place = new Place(parent, name);
                yield new JsonFields(place, object(parser, place));
            }
            case START_ARRAY -> {
                Place place = new Place(parent, name);
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser, place, list.size()));
                }
                yield list;
            }
            default -> null;
        };
    }

    /** An escape such as {@code \ud800} alone is half a character and could not be written as UTF-8 again. */
    private static String wellFormed(String text) {
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw malformed();
        }
        return text;
    }

    private static ProblemException malformed() {
        return new ProblemException(ProblemType.INVALID_REQUEST, ProblemTexts.text("body.object"));
    }

    /**
     * Where an object or list lies. Its pointer is only written when something in it is refused: a body can hold so many
     * members, so deep, that the pointers of all would be a hundred times as long as itself.
     */
    private record Place(@Nullable Place parent, Object name) {
        String pointer() {
            String own = FieldError.of(name.toString(), "").pointer();
            return parent == null ? own : parent.pointer() + own;
        }
    }
}
