package dev.latchkey.config;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Secrets must be hard to guess. */
final class KeyChecks {
    static final String PUBLISHED_KEY = "dev-action-key";

    private static final String SECRET = "latchkey.secret";
    private static final String ACTION_KEYS = "latchkey.action-keys";
    private static final int SHORTEST_KEY = 16;

    private KeyChecks() {}

    static List<Finding> findings(SettingValues values, boolean dev) {
        List<Finding> findings = new ArrayList<>();
        values.text(SECRET).filter(secret -> !isSecret(secret)).ifPresent(secret -> findings.add(secretFinding()));
        if (!dev) {
            for (String key : values.list(ACTION_KEYS)) {
                if (key.equals(PUBLISHED_KEY)) {
                    findings.add(keyFinding("holds \"" + PUBLISHED_KEY + "\", which everybody knows"));
                } else if (key.length() < SHORTEST_KEY) {
                    findings.add(keyFinding("holds a key of fewer than " + SHORTEST_KEY + " characters"));
                }
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

    private static Finding secretFinding() {
        return new Finding(
                SettingKey.variable(SECRET),
                "is not base64 of at least " + ServerSecret.LEAST_BYTES + " bytes",
                "Set it to what \"openssl rand -base64 32\" prints");
    }

    private static Finding keyFinding(String wrong) {
        return new Finding(SettingKey.variable(ACTION_KEYS), wrong, "Make keys with \"openssl rand -hex 32\"");
    }
}
