package dev.latchkey.campaign;

import dev.latchkey.support.Database;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.SmtpSink;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts the jar as on a real server, with limits out of the way and short leases.
 *
 * @param jar the product, or a copy with a {@link Planted} fault
 */
record Servers(Path jar) {
    private static final Map<String, String> SETTINGS = Map.of(
            // A lease is at least five time-outs long, so a dead process's mails are taken over soon.
            "LATCHKEY_SMTP_TIMEOUT", "1s",
            "LATCHKEY_SMTP_CONNECT_TIMEOUT", "1s",
            "LATCHKEY_MAIL_LEASE", "1s",
            "LATCHKEY_MAIL_POLL_INTERVAL", "100ms",
            "LATCHKEY_MAIL_RETRY_FIRST", "200ms",
            "LATCHKEY_MAIL_RETRY_MOST", "2s",
            "LATCHKEY_LINKS_PER_MINUTE", "100000",
            "LATCHKEY_LINKS_PER_HOUR", "1000000",
            "LATCHKEY_ACTION_KEY_LINKS_PER_HOUR", "100000000");

    /** One, on SQLite. */
    LatchkeyJar one(SmtpSink sink) {
        return one(sink, Map.of());
    }

    /** One with settings of its own. */
    LatchkeyJar one(SmtpSink sink, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(more);
        return LatchkeyJar.production(jar, List.of("-XX:+ExitOnOutOfMemoryError"), sink.port(), settings);
    }

    /** What nodes on one fresh PostgreSQL share. */
    static Map<String, String> cluster() {
        Map<String, String> settings = LatchkeyJar.variables(Database.POSTGRESQL.fresh());
        settings.put("LATCHKEY_SECRET", Base64.getEncoder().encodeToString(new byte[32]));
        return settings;
    }

    /** Three nodes, as behind a load balancer. */
    List<LatchkeyJar> three(SmtpSink sink) {
        Map<String, String> settings = cluster();
        return Stream.generate(() -> one(sink, settings)).limit(3).toList();
    }
}
