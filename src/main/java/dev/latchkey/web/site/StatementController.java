package dev.latchkey.web.site;

import dev.latchkey.config.Brand;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.text.Languages;
import dev.latchkey.text.Resources;
import dev.latchkey.web.Pages;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Privacy, terms and support: the pages whose addresses every directory of assistants asks for. A file of the operator's is
 * shown as it is now, without a restart; {@code privacy.txt} lies in the data directory, the terms where a setting says.
 */
@Controller
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatementController {
    private final LatchkeySettings settings;
    private final Path ownPolicy;
    private final Brand brand;
    private final Languages languages;

    StatementController(LatchkeySettings settings, Brand brand, Languages languages) {
        this.settings = settings;
        this.ownPolicy = settings.dataDir().resolve("privacy.txt");
        this.brand = brand;
        this.languages = languages;
    }

    @Get("/privacy")
    HttpResponse<?> privacy(HttpRequest<?> request) {
        return show(read(ownPolicy).orElseGet(() -> ours("privacy", request)));
    }

    @Get("/terms")
    HttpResponse<?> terms(HttpRequest<?> request) {
        return show(read(settings.termsFile()).orElseGet(() -> ours("terms", request)));
    }

    @Get("/support")
    HttpResponse<?> support() {
        return Pages.showAll("support", "support", settings.contact());
    }

    private HttpResponse<?> show(String text) {
        return Pages.showAll("statement", "statement", Statement.parse(text), "support", settings.contact());
    }

    /** What comes with the product, in the language of the page and the operator's name. */
    private String ours(String name, HttpRequest<?> request) {
        return Resources.text("statements/" + name, languages.resolveOrDefault(request), ".txt")
                .replace("{brand}", brand.name());
    }

    /** The operator's file; empty where there is none, be it that it was taken away since the start. */
    private static Optional<String> read(@Nullable Path file) {
        try {
            return file == null ? Optional.empty() : Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
