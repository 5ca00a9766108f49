package dev.latchkey.web;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.text.Resources;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

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
            """;

    private final Problems problems;
    private final Path ownPolicy;
    private final String builtInPolicy = Resources.text("privacy.txt");
    private final byte[] icon = Resources.bytes("static/favicon.ico");

    SiteController(Problems problems, LatchkeySettings settings) {
        this.problems = problems;
        this.ownPolicy = settings.dataDir().resolve("privacy.txt");
    }

    @Get("/robots.txt")
    @Produces(MediaType.TEXT_PLAIN)
    String robots() {
        return ROBOTS;
    }

    /** For browsers that look for it at the root, as they do beside answers that are no pages. */
    @Get("/favicon.ico")
    @Produces("image/x-icon")
    HttpResponse<byte[]> favicon() {
        return HttpResponse.ok(icon).header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400");
    }

    /** The address that a problem's {@code type} names (RFC 9457, section 3.1.1). */
    @Get("/problems/{slug}")
    @Produces({MediaType.TEXT_HTML, MediaType.APPLICATION_JSON_PROBLEM})
    HttpResponse<?> explain(HttpRequest<?> request, String slug) {
        return ProblemType.ofSlug(slug)
                .<HttpResponse<?>>map(type ->
                        Pages.show(HttpStatus.OK, "problem-type", "problem", Problems.facts(Problem.of(type), "")))
                .orElseGet(() -> problems.respond(request, Problem.worded(ProblemType.NOT_FOUND, "no.problem")));
    }

    /**
     * The privacy policy, whose address every custom GPT with an action has to name: {@code privacy.txt} in the data
     * directory where the operator wrote one, as it is now, else ours. Plain text: the first line is the title, {@code #}
     * begins a heading, an empty line ends a paragraph.
     */
    @Get("/privacy")
    @Produces(MediaType.TEXT_HTML)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> privacy() {
        List<Block> blocks = Arrays.stream(policy().replace("\r\n", "\n").split("\n\\s*\n"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text ->
                        text.startsWith("#") ? new Block(true, text.substring(1).strip()) : new Block(false, text))
                .toList();
        String title = blocks.isEmpty() ? "" : blocks.getFirst().text();
        return Pages.show(
                HttpStatus.OK,
                "privacy",
                "heading",
                title,
                "blocks",
                blocks.stream().skip(1).toList());
    }

    private String policy() {
        try {
            return Files.readString(ownPolicy);
        } catch (NoSuchFileException e) {
            return builtInPolicy;
        } catch (IOException e) {
            throw new UncheckedIOException("The privacy policy cannot be read", e);
        }
    }

    /** A heading or a paragraph of the policy. */
    public record Block(boolean heading, String text) {}
}
