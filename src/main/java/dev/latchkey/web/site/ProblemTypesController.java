package dev.latchkey.web.site;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.web.Pages;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Arrays;
import java.util.List;

/** Explains each kind of problem at the address that its {@code type} names (RFC 9457, section 3.1.1), and lists them. */
@Controller("/problems")
final class ProblemTypesController {
    private final Problems problems;
    private final LatchkeySettings settings;

    ProblemTypesController(Problems problems, LatchkeySettings settings) {
        this.problems = problems;
        this.settings = settings;
    }

    /** A kind of problem, for programs. */
    @Serdeable
    record Kind(String type, String title, int status, String explanation) {
        static Kind of(ProblemType type) {
            return new Kind("/problems/" + type.slug(), type.title(), type.status(), type.explanation());
        }
    }

    /** All of them: a page, or an array for whoever names JSON and likes no page as much. */
    @Get
    @Produces({MediaType.TEXT_HTML, MediaType.APPLICATION_JSON})
    HttpResponse<?> list(HttpRequest<?> request) {
        MutableHttpResponse<?> answer = prefersJson(request)
                ? HttpResponse.ok(Arrays.stream(ProblemType.values())
                                .map(Kind::of)
                                .toList())
                        .contentType(MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                : Pages.showAll("problem-types", "problems", facts());
        return answer.header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }

    @Get("/{slug}")
    @Produces({MediaType.TEXT_HTML, MediaType.APPLICATION_JSON_PROBLEM})
    HttpResponse<?> explain(HttpRequest<?> request, String slug) {
        return ProblemType.ofSlug(slug)
                .<HttpResponse<?>>map(type -> Pages.showAll(
                        "problem-type", "problem", new Problems.Facts(type), "support", settings.contact()))
                .orElseGet(() -> problems.respond(request, Problem.worded(ProblemType.NOT_FOUND, "no.problem")));
    }

    private static boolean prefersJson(HttpRequest<?> request) {
        return !Problems.prefersPages(request)
                && request.accept().stream().anyMatch(type -> type.getName().equals(MediaType.APPLICATION_JSON));
    }

    private static List<Problems.Facts> facts() {
        return Arrays.stream(ProblemType.values()).map(Problems.Facts::new).toList();
    }
}
