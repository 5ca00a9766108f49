package dev.latchkey.campaign;

import dev.latchkey.support.CollectorSink;
import dev.latchkey.support.Database;
import dev.latchkey.support.FreePort;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.SmtpSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Starts the jar as on a real server, with limits out of the way and short leases. Figures that leave a server as they
 * found it share one, and all end when this is closed.
 */
final class Servers implements AutoCloseable {
    /** As docs/operations.md has it; the later of two flags counts. */
    private static final List<String> JVM = List.of(
            "-Xms32m", "-XX:TieredStopAtLevel=4", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError");

    private static final Map<String, String> SETTINGS = Map.of(
            // A lease is at least five time-outs long, so a dead process's mails are taken over soon.
            "LATCHKEY_SMTP_TIMEOUT", "1s",
            "LATCHKEY_SMTP_CONNECT_TIMEOUT", "1s",
            "LATCHKEY_MAIL_LEASE", "1s",
            "LATCHKEY_MAIL_POLL_INTERVAL", "100ms",
            "LATCHKEY_MAIL_RETRY_FIRST", "200ms",
            "LATCHKEY_MAIL_RETRY_MOST", "2s",
            "LATCHKEY_LINKS_PER_MINUTE", "100000",
            "LATCHKEY_ADMIN_KEYS", Site.ADMIN_KEY,
            "LATCHKEY_OAUTH_CLIENTS", App.CLIENTS);

    private static final List<String> LIMITS_PER_HOUR = List.of(
            "LATCHKEY_LINKS_PER_HOUR",
            "LATCHKEY_ACTION_KEY_LINKS_PER_HOUR",
            "LATCHKEY_NETWORK_LINKS_PER_HOUR",
            "LATCHKEY_CALLER_LINKS_PER_HOUR",
            "LATCHKEY_MCP_LINKS_PER_HOUR",
            "LATCHKEY_NEW_ADDRESSES_PER_HOUR",
            "LATCHKEY_PHOTOS_PER_HOUR");

    /** The header in which a proxy would say who called. */
    static final String CALLER = "X-Caller";

    private static final int NODES = 3;

    private final Path jar;
    private final Map<String, Site> shared = new HashMap<>();
    private final List<Site> all = new ArrayList<>();
    private @Nullable CollectorSink collector;

    /** Of the product, or of a copy with a {@link Planted} fault. */
    Servers(Path jar) {
        this.jar = jar;
    }

    /** What they run. */
    Path jar() {
        return jar;
    }

    /** The one on SQLite. */
    Site one() {
        return shared("one", () -> start(1, Map.of()));
    }

    /** Three nodes on one PostgreSQL, as behind a load balancer. */
    Site three() {
        return shared("three", () -> {
            Map<String, String> settings = LatchkeyJar.variables(Database.POSTGRESQL.fresh());
            settings.put("LATCHKEY_SECRET", Base64.getEncoder().encodeToString(new byte[32]));
            return start(NODES, settings);
        });
    }

    /**
     * One on SQLite that conceals who has an account, and whose callers each come from an address of their own, named by
     * {@link #CALLER}; all that it does is told to {@link #collector}.
     */
    Site doors() {
        return shared("doors", () -> {
            CollectorSink collector = CollectorSink.start();
            this.collector = collector;
            return start(
                    1,
                    Map.of(
                            "LATCHKEY_UNKNOWN_USER",
                            "conceal",
                            "MICRONAUT_SERVER_CLIENT_ADDRESS_HEADER",
                            CALLER,
                            "OTEL_EXPORTER_OTLP_ENDPOINT",
                            collector.endpoint(),
                            "OTEL_BSP_SCHEDULE_DELAY",
                            "200"));
        });
    }

    /** What {@link #doors} sends its traces and metrics to. */
    CollectorSink collector() {
        return Objects.requireNonNull(collector);
    }

    /** A caller nobody has heard of, for {@link #CALLER}. */
    static String anybody(RandomGenerator chance) {
        return "10.%d.%d.%d".formatted(chance.nextInt(256), chance.nextInt(256), chance.nextInt(1, 255));
    }

    /** What figures have in common that use the same name. */
    Site shared(String name, Supplier<Site> start) {
        Site site = shared.get(name);
        if (site == null) {
            site = start.get();
            shared.put(name, site);
        }
        return site;
    }

    /** Nodes with settings of their own. */
    Site start(int nodes, Map<String, String> more) {
        SmtpSink sink = SmtpSink.start();
        List<LatchkeyJar> started = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            Map<String, String> settings = new HashMap<>(SETTINGS);
            settings.put("LATCHKEY_ADMIN_PORT", String.valueOf(FreePort.next()));
            LIMITS_PER_HOUR.forEach(limit -> settings.put(limit, "1000000"));
            settings.putAll(more);
            started.add(LatchkeyJar.production(jar, JVM, sink.port(), settings));
        }
        Site site = new Site(sink, Collections.unmodifiableList(started));
        all.add(site);
        return site;
    }

    @Override
    public void close() {
        all.reversed().forEach(Site::close);
        if (collector != null) {
            collector.close();
        }
    }
}
