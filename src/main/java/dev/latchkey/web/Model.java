package dev.latchkey.web;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models of views. */
final class Model {
    private Model() {}

    /** Names and values in turn; a value that is absent is left out, which templates see as null. */
    static Map<String, Object> of(@Nullable Object... namesAndValues) {
        Map<String, Object> model = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                model.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return model;
    }
}
