package dev.latchkey.web;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.text.Resources;
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

/**
 * The privacy policy, whose address every custom GPT with an action has to name: {@code privacy.txt} in the data
 * directory where the operator wrote one, else ours. Plain text: the first line is the title, {@code #} begins a heading,
 * an empty line ends a paragraph.
 */
@Controller
final class PrivacyController {
    private final Path own;
    private final String builtIn = Resources.text("privacy.txt");

    PrivacyController(LatchkeySettings settings) {
        own = settings.dataDir().resolve("privacy.txt");
    }

    /** As it is now: an edited file shows with the next request. */
    @Get("/privacy")
    @Produces(MediaType.TEXT_HTML)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> show() {
        List<Block> blocks = Arrays.stream(text().replace("\r\n", "\n").split("\n\\s*\n"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text ->
                        text.startsWith("#") ? new Block(true, text.substring(1).strip()) : new Block(false, text))
                .toList();
        String title = blocks.isEmpty() ? "" : blocks.getFirst().text();
        return Pages.show(
                HttpStatus.OK,
                "privacy",
                Model.of("heading", title, "blocks", blocks.stream().skip(1).toList()));
    }

    private String text() {
        try {
            return Files.readString(own);
        } catch (NoSuchFileException e) {
            return builtIn;
        } catch (IOException e) {
            throw new UncheckedIOException("The privacy policy cannot be read", e);
        }
    }

    /** A heading or a paragraph. */
    public record Block(boolean heading, String text) {}
}
