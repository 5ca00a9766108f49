package dev.latchkey.config.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.operating.AdminSettings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.convert.ConversionService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdminRulesTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @Test
    @DisplayName("takes a port with keys, with and without a name, and no port at all")
    void takesGoodOnes() {
        assertThat(findings(false, Map.of())).isEmpty();
        assertThat(findings(
                        false,
                        Map.of(
                                "admin-port",
                                "8081",
                                "admin-host",
                                "0.0.0.0",
                                "admin-keys",
                                "ops:" + KEY + "," + KEY + "x")))
                .isEmpty();
        assertThat(findings(true, Map.of("admin-port", "8081", "admin-keys", "short")))
                .isEmpty();
    }

    @ParameterizedTest
    @DisplayName("names what is wrong, and the cure, without repeating a key")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "8081 | - | LATCHKEY_ADMIN_KEYS: is missing.",
                "8081 | ' , ' | LATCHKEY_ADMIN_KEYS: is missing.",
                "8081 | ops:0123456789abcdef0123456789abcde | LATCHKEY_ADMIN_KEYS: holds a key of fewer than 32 characters.",
                "8081 | an-action-key-of-32-characters-or-more | LATCHKEY_ADMIN_KEYS: holds a key that assistants have, too.",
                "8081 | x:a-metrics-key-of-32-characters-or-more | LATCHKEY_ADMIN_KEYS: holds a key that opens the metrics",
                "8080 | 0123456789abcdef0123456789abcdef | LATCHKEY_ADMIN_PORT: is the port of the pages, too.",
                "high | 0123456789abcdef0123456789abcdef | LATCHKEY_ADMIN_PORT: is \"high\".",
                "65536 | 0123456789abcdef0123456789abcdef | LATCHKEY_ADMIN_PORT: is \"65536\"."
            })
    void refusesBadOnes(String port, String keys, String begin) {
        Map<String, String> settings = new HashMap<>(Map.of("admin-port", port));
        if (keys != null) {
            settings.put("admin-keys", keys);
        }
        List<String> findings = findings(false, settings);
        assertThat(findings).singleElement().asString().startsWith(begin);
        assertThat(findings.toString()).doesNotContain("0123456789abcdef", "of-32-characters");
    }

    @Test
    @DisplayName("tells no key when it is printed")
    void printsNoSecrets() {
        assertThat(new AdminSettings(8081, " ", List.of("ops:" + KEY))).hasToString("admin API on 127.0.0.1:8081");
    }

    private static List<String> findings(boolean dev, Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "micronaut.server.port",
                8080,
                "latchkey.action-keys",
                "bot:an-action-key-of-32-characters-or-more",
                "latchkey.metrics-keys",
                "a-metrics-key-of-32-characters-or-more"));
        settings.forEach((key, value) -> all.put("latchkey." + key, value));
        try (ApplicationContext context =
                ApplicationContext.builder("test").properties(all).build()) {
            context.getEnvironment().start();
            SettingValues values = new SettingValues(context.getEnvironment(), ConversionService.SHARED, dev);
            return AdminRules.ALL.stream().flatMap(rule -> rule.lines(values)).toList();
        }
    }
}
