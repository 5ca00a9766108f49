package dev.latchkey;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.DevInboxSettings;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.checks.StartUpChecks;
import dev.latchkey.config.operating.AdminSettings;
import dev.latchkey.devinbox.DevMailServer;
import dev.latchkey.mail.MailServerCheck;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the program says once it serves: one line in production, the way around in the dev environment. */
@Singleton
final class Announcement {
    /** For a mail server that does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Environment environment;
    private final LatchkeySettings settings;
    private final DevInboxSettings dev;
    private final AdminSettings admin;
    private final MailServerCheck check;
    private final BaseUrl baseUrl;
    private final @Nullable DevMailServer inbox;

    Announcement(
            Environment environment,
            LatchkeySettings settings,
            DevInboxSettings dev,
            AdminSettings admin,
            MailServerCheck check,
            BaseUrl baseUrl,
            @Nullable DevMailServer inbox) {
        this.environment = environment;
        this.settings = settings;
        this.dev = dev;
        this.admin = admin;
        this.check = check;
        this.baseUrl = baseUrl;
        this.inbox = inbox;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!isDev()) {
            lines.add("Latchkey serves " + baseUrl.origin());
            if (admin.on()) {
                lines.add("The admin API listens on " + admin.adminHost() + ":" + admin.adminPort());
            }
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
        if (inbox != null) {
            lines.add(line(
                    "",
                    "IMAP " + DevMailServer.HOST + ":" + inbox.imapPort() + ", SMTP " + DevMailServer.HOST + ":"
                            + inbox.smtpPort() + ", any user and password"));
        }
        lines.add(line("docs", baseUrl.resolve("/docs")));
        lines.add(line("account", "ada@example.com, PIN 100000001, passphrase \"correct horse battery staple\""));
        settings.assistants().forEach(key -> lines.add(line("action key", key.key())));
        settings.assistants().stream().findFirst().ifPresent(key -> lines.add(line("ask for a link", ask(key.key()))));
        if (admin.on()) {
            lines.add(line("admin API", "http://" + admin.adminHost() + ":" + admin.adminPort() + "/admin"));
        }
        return lines;
    }

    /** Whether the mail server can be used; the server serves already, and nobody waits for long. */
    String mail() {
        String said = check.line(PATIENCE);
        return isDev() ? line("mail server", said) + "\n" : "The mail server " + said;
    }

    private boolean isDev() {
        return environment.getActiveNames().contains(StartUpChecks.DEV);
    }

    private String ask(String key) {
        return "curl -s " + baseUrl.resolve("/api/update/init") + " -H 'Authorization: Bearer " + key
                + "' -H 'Content-Type: application/json' -d '{\"pin\": 100000001}'";
    }

    private static String line(String name, String value) {
        return "  %-14s %s".formatted(name, value);
    }
}
