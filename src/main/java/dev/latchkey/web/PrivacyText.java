package dev.latchkey.web;

import dev.latchkey.config.LatchkeySettings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The privacy policy: {@code privacy.txt} in the data directory where the operator wrote one, else ours. Plain text:
 * the first line is the title, {@code #} begins a heading, an empty line ends a paragraph.
 */
@Singleton
final class PrivacyText {
    private final Path own;
    private final String builtIn;

    PrivacyText(LatchkeySettings settings) {
        own = settings.dataDir().resolve("privacy.txt");
        builtIn = builtIn();
    }

    /** As it is now: an edited file shows with the next request. */
    List<Block> blocks() {
        return Arrays.stream(text().replace("\r\n", "\n").split("\n\\s*\n"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text ->
                        text.startsWith("#") ? new Block(true, text.substring(1).strip()) : new Block(false, text))
                .toList();
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

    private static String builtIn() {
        try (InputStream file = PrivacyText.class.getResourceAsStream("/privacy.txt")) {
            if (file == null) {
                throw new IllegalStateException("privacy.txt is missing from the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The privacy policy cannot be read from the jar", e);
        }
    }

    /** A heading or a paragraph. */
    public record Block(boolean heading, String text) {}
}
