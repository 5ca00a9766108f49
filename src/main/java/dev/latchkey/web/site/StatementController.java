package dev.latchkey.web.site;

import dev.latchkey.config.Brand;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.text.Resources;
import dev.latchkey.web.Pages;
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
    /** Our own, in the operator's name. */
    private final String policy;

    private final String terms;

    StatementController(LatchkeySettings settings, Brand brand) {
        this.settings = settings;
        this.ownPolicy = settings.dataDir().resolve("privacy.txt");
        this.policy = brand.inText(Resources.text("privacy.txt"));
        this.terms = brand.inText(Resources.text("terms.txt"));
    }

    @Get("/privacy")
    HttpResponse<?> privacy() {
        return show(read(ownPolicy).orElse(policy));
    }

    @Get("/terms")
    HttpResponse<?> terms() {
        return show(read(settings.termsFile()).orElse(terms));
    }

    @Get("/support")
    HttpResponse<?> support() {
        return Pages.show(HttpStatus.OK, "support", "support", settings.contact());
    }

    private HttpResponse<?> show(String text) {
        return Pages.show(
                HttpStatus.OK, "statement", "statement", Statement.parse(text), "support", settings.contact());
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
