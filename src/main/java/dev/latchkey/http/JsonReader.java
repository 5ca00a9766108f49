package dev.latchkey.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns JSON into texts, numbers, booleans, lists and {@link JsonFields}, within bounds. */
final class JsonReader {
    private static final int DEEPEST = 16;
    private static final int LONGEST_NAME = 100;

    private static final JsonFactory PARSER = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(WholeNumbers.LONGEST)
                    .build())
            .build();

    private JsonReader() {}

    /**
     * The one value that a text holds; null for {@code null}.
     *
     * @param place where the text lies; null for a body
     * @throws ProblemException 400 when it is not JSON, nested deeper than 16 levels, holds a name or number of more than
     *     100 characters, or names a member twice
     */
    static @Nullable Object read(String text, @Nullable Place place) {
        try (JsonParser parser = PARSER.createParser(text)) {
            if (parser.nextToken() == null) {
                throw malformed();
            }
            Object value = value(parser, place);
            if (parser.nextToken() != null) {
                throw malformed();
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, ProblemTexts.text("body.bounds", DEEPEST, LONGEST_NAME));
        } catch (IOException e) {
            throw malformed();
        }
    }

    private static @Nullable Object value(JsonParser parser, @Nullable Place place) throws IOException {
        return switch (Objects.requireNonNull(parser.currentToken())) {
            case VALUE_STRING -> wellFormed(parser.getText());
            case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
            case VALUE_NUMBER_FLOAT -> WholeNumbers.simplest(parser.getDecimalValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> new JsonFields(place, members(parser, place));
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser, new Place(place, list.size())));
                }
                yield list;
            }
            default -> null;
        };
    }

    private static Map<String, Object> members(JsonParser parser, @Nullable Place place) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = wellFormed(parser.currentName());
            parser.nextToken();
            Object value = value(parser, new Place(place, name));
            if (value != null) {
                members.put(name, value);
            }
        }
        return members;
    }

    /** An escape such as {@code \ud800} alone is half a character and could not be written as UTF-8 again. */
    private static String wellFormed(String text) {
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw malformed();
        }
        return text;
    }

    static ProblemException malformed() {
        return new ProblemException(ProblemType.INVALID_REQUEST, ProblemTexts.text("body.object"));
    }

    /**
     * Where a value lies: its name, or its index, in what lies at the parent. Its pointer is only written when something
     * is refused: a body can hold so many members, so deep, that the pointers of all would be a hundred times as long as
     * itself.
     */
    record Place(@Nullable Place parent, Object name) {
        String pointer() {
            String own = FieldError.of(name.toString(), "").pointer();
            return parent == null ? own : parent.pointer() + own;
        }
    }
}
