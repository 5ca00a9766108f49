package dev.latchkey.config.checks;

import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.value.PropertyResolver;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The configured texts before anything is made of them.
 *
 * @param texts where they come from
 * @param conversions the same ones that will bind the settings records later
 * @param dev whether this is the dev environment
 */
record SettingValues(PropertyResolver texts, ConversionService conversions, boolean dev) {

    /** Whether a key is set, to more than blanks. */
    boolean has(String property) {
        return text(property).isPresent();
    }

    /** The text of a key without blanks around it; empty when it is not set or blank. */
    Optional<String> text(String property) {
        return texts.getProperty(property, String.class).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The text of a key as it is, for names of files, in which blanks count; empty when it is not set or blank. */
    Optional<String> verbatim(String property) {
        return texts.getProperty(property, String.class).filter(text -> !text.isBlank());
    }

    /** The elements of a comma-separated text or a YAML list. */
    List<String> list(String property) {
        return texts.getProperty(property, String[].class).stream()
                .flatMap(Stream::of)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    <T> Optional<T> as(String property, Class<T> type) {
        return text(property).flatMap(text -> conversions.convert(text, type));
    }
}
