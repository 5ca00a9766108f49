package dev.latchkey.http;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.FilterPatternStyle;
import io.micronaut.http.server.HttpServerConfiguration.CorsConfiguration;
import io.micronaut.http.server.cors.CorsFilter;
import io.micronaut.http.server.util.HttpHostResolver;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.resource.StaticResourceResolver;
import org.jspecify.annotations.Nullable;

/**
 * Lets other front ends call Load, Save, undo and the account API from a browser (Fetch standard, CORS protocol): the
 * framework's filter, whose settings know origins but no addresses.
 *
 * <p>One expression, as each call's path is held against it: patterns of the simpler kind are taken to pieces each time,
 * which all answers would pay for.
 */
@ServerFilter(
        value = "/api/update/(load|save|undo)|/(auth|profile|nicknames)(/.*)?",
        patternStyle = FilterPatternStyle.REGEX)
@Replaces(CorsFilter.class)
final class CrossOriginFilter extends CorsFilter {
    CrossOriginFilter(
            CorsConfiguration settings, StaticResourceResolver files, Router router, @Nullable HttpHostResolver hosts) {
        super(settings, files, router, hosts);
    }
}
