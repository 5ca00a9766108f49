package dev.latchkey.assistant;

import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Locale;
import java.util.Map;

/** The running servers that the tests of the doors share; they stop with the JVM. */
public final class Assistants {
    private Assistants() {}

    /** A server that tells callers with a key who is unknown. */
    public static EmbeddedServer reporting() {
        return that(UnknownUser.REPORT);
    }

    /** A server that never tells. */
    static EmbeddedServer concealing() {
        return that(UnknownUser.CONCEAL);
    }

    /** One or the other. */
    public static EmbeddedServer that(UnknownUser mode) {
        return Contexts.server(
                Database.SQLITE,
                Map.of("test.clock", true, "latchkey.unknown-user", mode.name().toLowerCase(Locale.ROOT)));
    }

    public static ApplicationContext context() {
        return reporting().getApplicationContext();
    }

    static MutableClock clock() {
        return context().getBean(MutableClock.class);
    }
}
