package dev.latchkey.web;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/** What every site tells search engines. */
@Controller
final class SiteController {
    private static final String ROBOTS = """
            User-agent: *
            Disallow: /edit/
            Disallow: /confirm/
            Disallow: /account/
            Disallow: /undo/
            Disallow: /email/
            Disallow: /keep/
            Disallow: /oauth/
            """;

    @Get("/robots.txt")
    @Produces(MediaType.TEXT_PLAIN + ";charset=utf-8")
    String robots() {
        return ROBOTS;
    }
}
