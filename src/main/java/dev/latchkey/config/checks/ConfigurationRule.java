package dev.latchkey.config.checks;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that must be true of a setting.
 *
 * @param key as in {@code application.yml}
 * @param wrongs what is wrong with it; nothing when all is well
 * @param cure what to do, without the full stop
 */
record ConfigurationRule(String key, Function<SettingValues, Stream<String>> wrongs, String cure) {

    /** The key must be set. */
    static ConfigurationRule missing(String key, String cure) {
        return new ConfigurationRule(key, values -> values.has(key) ? Stream.of() : Stream.of("is missing"), cure);
    }

    /** The key must be set where its other half is. */
    static ConfigurationRule missingBeside(String other, String key) {
        return missing(key, "Set it beside " + SettingKey.variable(other) + ", or unset both")
                .where(values -> values.has(other));
    }

    /** Its value, if there is one, must meet no objection. */
    static ConfigurationRule value(String key, Objection objection, String cure) {
        return new ConfigurationRule(
                key,
                values ->
                        values.text(key).stream().flatMap(text -> Stream.ofNullable(objection.to(text, values.dev()))),
                cure);
    }

    /** The file that it names, if it names one, must hold no mistakes; blanks in its name count. */
    static ConfigurationRule file(String key, Function<String, Stream<String>> mistakes, String cure) {
        return new ConfigurationRule(
                key, values -> values.verbatim(key).stream().flatMap(mistakes), cure);
    }

    /** None of its comma-separated values may meet an objection. */
    static ConfigurationRule each(String key, Objection objection, String cure) {
        return new ConfigurationRule(
                key,
                values ->
                        values.list(key).stream().flatMap(text -> Stream.ofNullable(objection.to(text, values.dev()))),
                cure);
    }

    /** Its value, if there is one, must be right; the line repeats it. */
    static ConfigurationRule right(String key, Predicate<String> right, String cure) {
        return value(key, (text, dev) -> right.test(text) ? null : "is \"" + text + "\"", cure);
    }

    static ConfigurationRule matching(String key, String pattern, String cure) {
        return right(key, Pattern.compile(pattern).asMatchPredicate(), cure);
    }

    /** Its value must convert to this type, and fit. */
    static <T> ConfigurationRule typed(String key, Class<T> type, Predicate<T> fits, String cure) {
        return new ConfigurationRule(
                key,
                values -> values
                        .text(key)
                        .filter(text -> values.as(key, type).filter(fits).isEmpty())
                        .map(text -> "is \"" + text + "\"")
                        .stream(),
                cure);
    }

    ConfigurationRule where(Predicate<SettingValues> condition) {
        return new ConfigurationRule(key, values -> condition.test(values) ? wrongs.apply(values) : Stream.of(), cure);
    }

    /** What is merely unsafe is allowed in the dev environment. */
    ConfigurationRule unlessDev() {
        return where(values -> !values.dev());
    }

    /** {@code VARIABLE: what is wrong. Cure.} for each reason not to start. */
    Stream<String> lines(SettingValues values) {
        return wrongs.apply(values).map(wrong -> SettingKey.line(key, wrong, cure));
    }

    /** What is wrong with a text; null when nothing is. */
    @FunctionalInterface
    interface Objection {
        @Nullable
        String to(String text, boolean dev);
    }
}
