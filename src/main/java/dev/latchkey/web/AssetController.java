package dev.latchkey.web;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.text.Resources;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Scripts and styles without what is in them for us alone, comments and indentation: a fifth of what a form with all its
 * scripts would weigh. The framework serves the other assets as they are.
 */
@Controller("/assets")
final class AssetController {
    /** Comments that stand on lines of their own; a string that spans lines must not begin one like that. */
    private static final Pattern FOR_US = Pattern.compile("(?m)^(?:\\s++|//.*|/\\*(?:[^*]|\\*(?!/))*+\\*/(?=\\s*$))+");

    private final Problems problems;

    /** Of those that there are, so no request can make it grow. */
    private final Map<String, Lean> all = new ConcurrentHashMap<>();

    AssetController(Problems problems) {
        this.problems = problems;
    }

    @Get("/{name:[a-z]+}.css")
    @Produces(MediaType.ALL)
    HttpResponse<?> styles(HttpRequest<?> request, String name) {
        return show(request, name + ".css", "text/css;charset=utf-8");
    }

    @Get("/{name:[a-z]+}.js")
    @Produces(MediaType.ALL)
    HttpResponse<?> script(HttpRequest<?> request, String name) {
        return show(request, name + ".js", "text/javascript;charset=utf-8");
    }

    private HttpResponse<?> show(HttpRequest<?> request, String file, String type) {
        Lean lean = all.computeIfAbsent(file, Lean::find);
        return lean == null
                ? problems.respond(request, Problem.of(ProblemType.NOT_FOUND))
                : Lasting.show(request, lean.digest, lean.content, type);
    }

    private record Lean(String digest, byte[] content) {
        static @Nullable Lean find(String file) {
            String path = "static/" + file;
            return Resources.isThere(path)
                    ? new Lean(
                            AssetLinks.digest(file),
                            FOR_US.matcher(Resources.text(path)).replaceAll("").getBytes(StandardCharsets.UTF_8))
                    : null;
        }
    }
}
