package dev.latchkey.assistant;

import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;

/** The running servers that the tests of the doors share; they stop with the JVM. */
public final class Assistants {
    private static final EmbeddedServer REPORTING = serve(Map.of("test.clock", true));

    private Assistants() {}

    /** A server that tells callers with a key who is unknown. */
    public static EmbeddedServer reporting() {
        return REPORTING;
    }

    /** A server that never tells. */
    static EmbeddedServer concealing() {
        return Concealing.SERVER;
    }

    /** One or the other. */
    public static EmbeddedServer that(UnknownUser mode) {
        return mode == UnknownUser.REPORT ? reporting() : concealing();
    }

    public static ApplicationContext context() {
        return REPORTING.getApplicationContext();
    }

    static MutableClock clock() {
        return context().getBean(MutableClock.class);
    }

    private static EmbeddedServer serve(Map<String, ?> settings) {
        EmbeddedServer server = Contexts.serve(Database.SQLITE, settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    private static final class Concealing {
        static final EmbeddedServer SERVER = serve(Map.of("test.clock", true, "latchkey.unknown-user", "conceal"));
    }
}
