package dev.latchkey.config;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Secrets must be hard to guess. */
final class KeyChecks {
    static final String PUBLISHED_KEY = "dev-action-key";

    private static final String SECRET = "latchkey.secret";
    private static final String ACTION_KEYS = "latchkey.action-keys";
    private static final String METRICS_KEYS = "latchkey.metrics-keys";
    private static final int SHORTEST_KEY = 16;

    private KeyChecks() {}

    static List<ConfigurationError> findings(SettingValues values, boolean dev) {
        List<ConfigurationError> findings = new ArrayList<>();
        values.text(SECRET).filter(secret -> !isSecret(secret)).ifPresent(secret -> findings.add(secretFinding()));
        if (!dev) {
            findings.addAll(weak(values, ACTION_KEYS));
            findings.addAll(weak(values, METRICS_KEYS));
            if (values.list(METRICS_KEYS).stream().anyMatch(values.list(ACTION_KEYS)::contains)) {
                findings.add(keyFinding(METRICS_KEYS, "holds a key that assistants have, too"));
            }
        }
        return findings;
    }

    private static List<ConfigurationError> weak(SettingValues values, String setting) {
        List<ConfigurationError> findings = new ArrayList<>();
        for (String key : values.list(setting)) {
            if (key.equals(PUBLISHED_KEY)) {
                findings.add(keyFinding(setting, "holds \"" + PUBLISHED_KEY + "\", which everybody knows"));
            } else if (key.length() < SHORTEST_KEY) {
                findings.add(keyFinding(setting, "holds a key of fewer than " + SHORTEST_KEY + " characters"));
            }
        }
        return findings;
    }

    /** Base64 of at least {@link ServerSecret#LEAST_BYTES} bytes. */
    static boolean isSecret(String text) {
        try {
            return Base64.getDecoder().decode(text.strip()).length >= ServerSecret.LEAST_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ConfigurationError secretFinding() {
        return new ConfigurationError(
                SettingKey.variable(SECRET),
                "is not base64 of at least " + ServerSecret.LEAST_BYTES + " bytes",
                "Set it to what \"openssl rand -base64 32\" prints");
    }

    private static ConfigurationError keyFinding(String setting, String wrong) {
        return new ConfigurationError(SettingKey.variable(setting), wrong, "Make keys with \"openssl rand -hex 32\"");
    }
}
