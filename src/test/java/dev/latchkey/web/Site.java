package dev.latchkey.web;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;

/** One running server for all tests of pages; it stops with the JVM. */
final class Site {
    private static final EmbeddedServer SERVER = Contexts.serve(Database.SQLITE, Map.of("test.clock", true));

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }

    private Site() {}

    static ApplicationContext context() {
        return SERVER.getApplicationContext();
    }

    static Browser browser() {
        return new Browser(SERVER);
    }

    static MutableClock clock() {
        return context().getBean(MutableClock.class);
    }
}
