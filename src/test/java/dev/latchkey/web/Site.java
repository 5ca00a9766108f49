package dev.latchkey.web;

import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.views.ViewsRenderer;
import io.micronaut.views.thymeleaf.ThymeleafViewsRenderer;
import java.util.Map;

/** One running server for all tests of pages. */
public final class Site {
    private static final Map<String, ?> SETTINGS = Map.of("site", true, "test.clock", true);

    private Site() {}

    public static EmbeddedServer server() {
        return Contexts.server(Database.SQLITE, SETTINGS);
    }

    public static ApplicationContext context() {
        return server().getApplicationContext();
    }

    public static Api browser() {
        return Api.browser(server());
    }

    @SuppressWarnings("unchecked") // Thymeleaf's renderer takes any model with any request.
    public static ViewsRenderer<Object, HttpRequest<?>> renderer() {
        return context().getBean(ThymeleafViewsRenderer.class);
    }

    public static MutableClock clock() {
        return context().getBean(MutableClock.class);
    }
}
