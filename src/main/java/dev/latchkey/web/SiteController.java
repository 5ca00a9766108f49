package dev.latchkey.web;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/** What every site has, and the pages that explain each kind of problem. */
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

    private final Problems problems;
    private final LatchkeySettings settings;

    SiteController(Problems problems, LatchkeySettings settings) {
        this.problems = problems;
        this.settings = settings;
    }

    @Get("/robots.txt")
    @Produces(MediaType.TEXT_PLAIN)
    String robots() {
        return ROBOTS;
    }

    /** The address that a problem's {@code type} names (RFC 9457, section 3.1.1). */
    @Get("/problems/{slug}")
    @Produces({MediaType.TEXT_HTML, MediaType.APPLICATION_JSON_PROBLEM})
    HttpResponse<?> explain(HttpRequest<?> request, String slug) {
        return ProblemType.ofSlug(slug)
                .<HttpResponse<?>>map(type -> Pages.show(
                        HttpStatus.OK,
                        "problem-type",
                        "problem",
                        Problems.facts(Problem.of(type), ""),
                        "support",
                        settings.contact()))
                .orElseGet(() -> problems.respond(request, Problem.worded(ProblemType.NOT_FOUND, "no.problem")));
    }
}
