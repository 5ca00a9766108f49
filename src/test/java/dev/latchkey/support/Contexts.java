package dev.latchkey.support;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.LifeCycle;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Running instances of the product, each with a database and data directory of its own. */
public final class Contexts {
    /** Each looks after its mails and its database all the time, whether or not anybody still asks for it. */
    private static final int MOST_SHARED = 24;

    private static final Map<Object, LifeCycle<?>> SHARED = new LinkedHashMap<>(MOST_SHARED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, LifeCycle<?>> eldest) {
            boolean tooMany = size() > MOST_SHARED;
            if (tooMany) {
                eldest.getValue().stop();
            }
            return tooMany;
        }
    };

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Contexts::stopShared));
    }

    private Contexts() {}

    /**
     * The beans without an HTTP server, shared by all tests that ask for the same. It stops when many others were asked for
     * since, so ask for it where you use it, and keep it for no longer than one class of tests.
     */
    public static synchronized ApplicationContext shared(Database database, Map<String, ?> settings) {
        return (ApplicationContext)
                SHARED.computeIfAbsent(List.of(database, settings), key -> start(database, settings));
    }

    /** A server that is shared in the same way. */
    public static synchronized EmbeddedServer server(
            Database database, Map<String, ?> settings, String... environments) {
        return (EmbeddedServer) SHARED.computeIfAbsent(
                List.of(database, settings, List.of(environments)),
                key -> builder(database.withTables(), settings)
                        .environments(environments)
                        .run(EmbeddedServer.class));
    }

    private static synchronized void stopShared() {
        SHARED.values().forEach(LifeCycle::stop);
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
