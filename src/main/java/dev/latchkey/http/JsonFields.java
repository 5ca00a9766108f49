package dev.latchkey.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.micronaut.jackson.core.tree.JsonNodeTreeCodec;
import io.micronaut.json.JsonStreamConfig;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private static final int DEEPEST = 16;
    private static final int LONGEST_NAME = 100;
    private static final JsonFactory PARSERS = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(WholeNumbers.LONGEST)
                    .build())
            .build();
    private static final JsonNodeTreeCodec TREES = JsonNodeTreeCodec.getInstance()
            .withConfig(JsonStreamConfig.DEFAULT.withUseBigIntegerForInts(true).withUseBigDecimalForFloats(true));

    private final String pointer;
    private final JsonNode object;

    private JsonFields(String pointer, JsonNode object) {
        this.pointer = pointer;
        this.object = object;
    }

    /**
     * Reads one JSON object.
     *
     * @throws ProblemException 413 above {@link #MOST_BYTES}; 400 when it is not UTF-8, not JSON, not an object, nested
     *     deeper than 16 levels, holds a name or number of more than 100 characters, or names a member twice
     */
    public static JsonFields parse(byte[] body) {
        return parse(body, MOST_BYTES);
    }

    /** The same of a body that may have so many bytes. */
    public static JsonFields parse(byte[] body, int most) {
        return Optional.ofNullable(held(read(text(body, most)), "")).orElseThrow(JsonFields::malformed);
    }

    /** Reads a JSON list of at most so many bytes as {@link #parse} reads an object; null stands for each element that is no object. */
    public static List<@Nullable JsonFields> parseAll(byte[] body, int most) {
        JsonNode list = read(text(body, most));
        if (!list.isArray()) {
            throw malformed();
        }
        List<@Nullable JsonFields> all = new ArrayList<>();
        for (JsonNode element : list.values()) {
            all.add(held(element, "/" + all.size()));
        }
        return all;
    }

    private static String text(byte[] body, int most) {
        if (body.length > most) {
            throw new ProblemException(Problem.worded(ProblemType.TOO_LARGE, "body.large", most / 1024));
        }
        return Forms.decode(body, StandardCharsets.UTF_8);
    }

    private static JsonNode read(String text) {
        try (JsonParser parser = new WellFormed(PARSERS.createParser(text))) {
            if (parser.nextToken() == null) {
                throw malformed();
            }
            JsonNode tree = TREES.readTree(parser);
            if (parser.nextToken() != null) {
                throw malformed();
            }
            return tree;
        } catch (StreamConstraintsException e) {
            throw new ProblemException(
                    Problem.worded(ProblemType.INVALID_REQUEST, "body.bounds", DEEPEST, LONGEST_NAME));
        } catch (IOException | NumberFormatException e) {
            // The latter where the exponent of a number is beyond all bounds.
            throw malformed();
        }
    }

    private static ProblemException malformed() {
        return new ProblemException(Problem.worded(ProblemType.INVALID_REQUEST, "body.object"));
    }

    /** Whether the object has this member with a value other than {@code null}. */
    public boolean has(String name) {
        return value(name) != null;
    }

    /** A member of any type: a text, number or boolean as such, anything else as its tree; null when it is absent. */
    public @Nullable Object value(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isNumber()) {
            return value.getNumberValue() instanceof BigDecimal number
                    ? WholeNumbers.simplest(number)
                    : value.getNumberValue();
        }
        return value.isString() || value.isBoolean() ? value.getValue() : value;
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
        return value(name) instanceof BigInteger number ? number.toString() : as(String.class, name, "digits");
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
        return held(object.get(name), pointer(name));
    }

    /** A list whose elements are all objects. */
    public @Nullable List<JsonFields> objects(String name) {
        JsonNode list = as(JsonNode.class, name, "objects");
        if (list == null) {
            return null;
        }
        if (!list.isArray()) {
            throw refused(name, "objects");
        }
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode element : list.values()) {
            JsonFields fields = held(element, pointer(name) + "/" + objects.size());
            if (fields == null) {
                throw refused(name, "objects");
            }
            objects.add(fields);
        }
        return objects;
    }

    /** The object that a value is or, as a string of JSON, holds; null when it is neither. */
    private static @Nullable JsonFields held(@Nullable JsonNode value, String pointer) {
        if (value == null) {
            return null;
        }
        if (value.isObject()) {
            return new JsonFields(pointer, value);
        }
        if (!value.isString() || !value.getStringValue().stripLeading().startsWith("{")) {
            return null;
        }
        try {
            return new JsonFields(pointer, read(value.getStringValue()));
        } catch (ProblemException e) {
            return null;
        }
    }

    private <T> @Nullable T as(Class<T> type, String name, String expected) {
        Object value = value(name);
        if (value != null && !type.isInstance(value)) {
            throw refused(name, expected);
        }
        return type.cast(value);
    }

    private ProblemException refused(String name, String expected) {
        String detail = Problem.text("field." + expected, name);
        return new ProblemException(Problem.of(ProblemType.INVALID_REQUEST, detail)
                .withErrors(List.of(new FieldError(pointer(name), detail))));
    }

    private String pointer(String name) {
        return pointer + pointerTo(name);
    }

    /** A JSON pointer (RFC 6901) to a member of the whole. */
    static String pointerTo(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** An escape such as {@code \ud800} alone is half a character and could not be written as UTF-8 again. */
    private static final class WellFormed extends JsonParserDelegate {
        WellFormed(JsonParser parser) {
            super(parser);
        }

        @Override
        public String getText() throws IOException {
            return checked(super.getText());
        }

        @Override
        public String currentName() throws IOException {
            return checked(super.currentName());
        }

        private static String checked(String text) {
            if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
                throw malformed();
            }
            return text;
        }
    }
}
