package dev.latchkey.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every value must be of its type: numbers of at least 1, durations longer than nothing, known words. */
final class TypeChecks {
    private static final String LIFETIME = "latchkey.link-lifetime";
    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(1);
    private static final Duration LONGEST_LIFETIME = Duration.ofHours(24);
    private static final int HIGHEST_PORT = 65_535;

    private TypeChecks() {}

    static List<ConfigurationError> findings(SettingValues values) {
        return Stream.concat(
                        SettingKey.all().map(key -> check(values, key)),
                        Stream.of(lifetime(values), port(values, "micronaut.server.port", -1)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<ConfigurationError> check(SettingValues values, SettingKey key) {
        Optional<String> text = values.text(key.property());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (key.property().endsWith("port")) {
            return port(values, key.property(), 0);
        }
        String wrong = "is \"" + text.get() + "\"";
        if (key.type() == int.class) {
            return values.as(key.property(), Integer.class)
                            .filter(number -> number >= 1)
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            new ConfigurationError(key.variable(), wrong, "Set it to a whole number of at least 1"));
        }
        if (key.type() == Duration.class) {
            return values.as(key.property(), Duration.class)
                            .filter(Duration::isPositive)
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(new ConfigurationError(
                            key.variable(), wrong, "Set it to a duration such as 30s, 15m or 2h"));
        }
        if (key.type() == boolean.class) {
            return text.get().equalsIgnoreCase("true") || text.get().equalsIgnoreCase("false")
                    ? Optional.empty()
                    : Optional.of(new ConfigurationError(key.variable(), wrong, "Set it to true or false"));
        }
        if (key.type().isEnum()) {
            List<String> words = Arrays.stream(key.type().getEnumConstants())
                    .map(word -> word.toString().toLowerCase(Locale.ROOT))
                    .toList();
            return words.contains(text.get().toLowerCase(Locale.ROOT))
                    ? Optional.empty()
                    : Optional.of(new ConfigurationError(
                            key.variable(), wrong, "Set it to " + words.stream().collect(Collectors.joining(" or "))));
        }
        return Optional.empty();
    }

    private static Optional<ConfigurationError> lifetime(SettingValues values) {
        return values.as(LIFETIME, Duration.class)
                .filter(Duration::isPositive)
                .filter(lifetime ->
                        lifetime.compareTo(SHORTEST_LIFETIME) < 0 || lifetime.compareTo(LONGEST_LIFETIME) > 0)
                .map(lifetime -> new ConfigurationError(
                        SettingKey.variable(LIFETIME),
                        "is \"" + values.text(LIFETIME).orElseThrow() + "\"",
                        "Set it to a duration from 1s to 24h"));
    }

    private static Optional<ConfigurationError> port(SettingValues values, String property, int lowest) {
        return values.text(property)
                .filter(text -> values.as(property, Integer.class)
                        .filter(port -> port >= lowest && port <= HIGHEST_PORT)
                        .isEmpty())
                .map(text -> new ConfigurationError(
                        SettingKey.variable(property), "is \"" + text + "\"", "Set it to a port from 1 to 65535"));
    }
}
