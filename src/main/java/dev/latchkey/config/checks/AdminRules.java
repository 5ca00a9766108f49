package dev.latchkey.config.checks;

import static dev.latchkey.config.checks.ConfigurationRule.each;
import static dev.latchkey.config.checks.ConfigurationRule.matching;
import static dev.latchkey.config.checks.ConfigurationRule.typed;
import static dev.latchkey.config.checks.ConfigurationRules.ACTION_KEYS;
import static dev.latchkey.config.checks.ConfigurationRules.HIGHEST_PORT;
import static dev.latchkey.config.checks.ConfigurationRules.MAKE_KEYS;
import static dev.latchkey.config.checks.ConfigurationRules.METRICS_KEYS;

import dev.latchkey.config.LatchkeySettings.ActionKey;
import dev.latchkey.config.operating.AdminSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What must be true of the settings of the admin API: whoever holds one of its keys may do anything to any account. */
final class AdminRules {
    private static final String PORT = AdminSettings.PORT;
    private static final String KEYS = "latchkey.admin-keys";
    private static final int SHORTEST_KEY = 32;

    static final List<ConfigurationRule> ALL = List.of(
            typed(
                    PORT,
                    Integer.class,
                    port -> port >= 0 && port <= HIGHEST_PORT,
                    "Set it to a port from 1 to 65535, or leave it unset"),
            new ConfigurationRule(
                    PORT,
                    values -> values
                            .text(PORT)
                            .filter(port -> !port.equals("0"))
                            .filter(port -> values.text("micronaut.server.port").equals(Optional.of(port)))
                            .map(port -> "is the port of the pages, too")
                            .stream(),
                    "Choose another one, which nobody but you can reach"),
            matching("latchkey.admin-host", "[A-Za-z0-9.:\\[\\]%-]{1,255}", "Set it to one address of this machine"),
            new ConfigurationRule(
                            KEYS,
                            values -> values.list(KEYS).isEmpty() ? Stream.of("is missing") : Stream.of(),
                            MAKE_KEYS + ", or unset " + SettingKey.variable(PORT))
                    .where(values -> values.has(PORT)),
            each(
                            KEYS,
                            (entry, dev) -> ActionKey.parse(entry).key().length() < SHORTEST_KEY
                                    ? "holds a key of fewer than " + SHORTEST_KEY + " characters"
                                    : null,
                            MAKE_KEYS)
                    .unlessDev(),
            new ConfigurationRule(
                    KEYS,
                    values -> shared(values, ACTION_KEYS)
                            ? Stream.of("holds a key that assistants have, too")
                            : Stream.of(),
                    MAKE_KEYS),
            new ConfigurationRule(
                    KEYS,
                    values -> shared(values, METRICS_KEYS)
                            ? Stream.of("holds a key that opens the metrics, too")
                            : Stream.of(),
                    MAKE_KEYS));

    private AdminRules() {}

    private static boolean shared(SettingValues values, String other) {
        Set<String> bearers = bearers(values, KEYS);
        bearers.retainAll(bearers(values, other));
        return !bearers.isEmpty();
    }

    private static Set<String> bearers(SettingValues values, String keys) {
        Set<String> bearers = new HashSet<>();
        values.list(keys).forEach(entry -> bearers.addAll(ActionKey.parse(entry).bearers()));
        return bearers;
    }
}
