package dev.latchkey.support;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Running instances of the product, each with a database and data directory of its own. */
public final class Contexts {
    private static final Map<Object, ApplicationContext> SHARED = new HashMap<>();

    private Contexts() {}

    /** The beans without an HTTP server, shared by all tests that ask for the same; it stops with the JVM. */
    public static synchronized ApplicationContext shared(Database database, Map<String, ?> settings) {
        return SHARED.computeIfAbsent(List.of(database, settings), key -> {
            ApplicationContext context = start(database, settings);
            Runtime.getRuntime().addShutdownHook(new Thread(context::close));
            return context;
        });
    }

    /** A server that is shared in the same way. */
    public static synchronized EmbeddedServer server(
            Database database, Map<String, ?> settings, String... environments) {
        return SHARED.computeIfAbsent(List.of(database, settings, List.of(environments)), key -> {
                    EmbeddedServer server = builder(database.withTables(), settings)
                            .environments(environments)
                            .run(EmbeddedServer.class);
                    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                    return server.getApplicationContext();
                })
                .getBean(EmbeddedServer.class);
    }

    /** The beans without an HTTP server. */
    public static ApplicationContext start(Database database, Map<String, ?> settings) {
        return builder(database.withTables(), settings).start();
    }

    /** The beans without an HTTP server, on a database that may be shared with others. */
    public static ApplicationContext start(Map<String, Object> database, Map<String, ?> settings) {
        return builder(database, settings).start();
    }

    /** A server on a free port. */
    public static EmbeddedServer serve(Database database, Map<String, ?> settings) {
        return serve(database.withTables(), settings);
    }

    /** A server on a free port and a database that may be shared with others. */
    public static EmbeddedServer serve(Map<String, Object> database, Map<String, ?> settings) {
        return builder(database, settings).run(EmbeddedServer.class);
    }

    /** A server in the dev environment, with the embedded inbox. */
    public static EmbeddedServer serveDev(Map<String, Object> database, Map<String, ?> settings) {
        return builder(database, settings).environments("dev").run(EmbeddedServer.class);
    }

    /** What any of them is built from. */
    public static ApplicationContextBuilder builder(Map<String, Object> database, Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "micronaut.server.port",
                -1,
                "latchkey.base-url",
                "http://localhost",
                "latchkey.data-dir",
                Database.temporaryFolder().toString(),
                "latchkey.action-keys",
                Api.KEY,
                "latchkey.mail-from",
                "Latchkey <latchkey@example.org>",
                "latchkey.smtp.host",
                "127.0.0.1",
                "latchkey.smtp.port",
                9,
                "latchkey.smtp.tls",
                "none",
                // The filter that counts lines stays in the log when its server ends: hundreds would look at each line.
                "micronaut.metrics.binders.logback.enabled",
                false));
        all.putAll(database);
        all.putAll(settings);
        return ApplicationContext.builder("test").properties(all);
    }
}
