package dev.latchkey;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.DevInboxSettings;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.checks.StartUpChecks;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** What the program says once it serves: one line in production, the way around in the dev environment. */
@Singleton
final class Announcement {
    private final Environment environment;
    private final LatchkeySettings settings;
    private final DevInboxSettings dev;
    private final BaseUrl baseUrl;

    Announcement(Environment environment, LatchkeySettings settings, DevInboxSettings dev, BaseUrl baseUrl) {
        this.environment = environment;
        this.settings = settings;
        this.dev = dev;
        this.baseUrl = baseUrl;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!environment.getActiveNames().contains(StartUpChecks.DEV)) {
            lines.add("Latchkey serves " + baseUrl.origin());
            if (settings.actionKeys().isEmpty()) {
                lines.add("LATCHKEY_ACTION_KEYS: there are none. No assistant can ask for a link until you set one.");
            }
            return lines;
        }
        lines.add("");
        lines.add("Latchkey runs in the DEV environment: insecure on purpose, never for real people.");
        if (dev.devOpen()) {
            lines.add("LATCHKEY_DEV_OPEN: every machine that reaches this one can read every mailed link.");
        }
        lines.add(line("page", baseUrl.resolve("/")));
        lines.add(line("inbox", baseUrl.resolve("/dev/inbox")));
        lines.add(line("docs", baseUrl.resolve("/docs")));
        lines.add(line("account", "ada@example.com, PIN 100000001"));
        settings.assistants().forEach(key -> lines.add(line("action key", key.key())));
        lines.add("");
        return lines;
    }

    private static String line(String name, String value) {
        return "  %-12s %s".formatted(name, value);
    }
}
