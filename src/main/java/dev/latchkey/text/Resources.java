package dev.latchkey.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Files that are shipped in the jar, by their path from its root. */
public final class Resources {
    private Resources() {}

    /** A text in UTF-8; its absence is a broken jar. */
    public static String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    /** The text of a language: of the fallback at {@code stem + extension}, of others with their tag between. */
    public static String text(String stem, Locale language, String extension) {
        return text(path(stem, language, extension));
    }

    static String path(String stem, Locale language, String extension) {
        return language.equals(Texts.FALLBACK)
                ? stem + extension
                : stem + "_" + language.toLanguageTag().replace('-', '_') + extension;
    }

    /** A list of plain, friendly words of our own, one a line, by its name in {@code words/}; its absence is a broken jar. */
    public static List<String> words(String name) {
        return text("words/" + name + ".txt").lines().toList();
    }

    /** The bytes of a file; its absence is a broken jar. */
    public static byte[] bytes(String path) {
        byte[] bytes = find(path);
        if (bytes == null) {
            throw new IllegalStateException(path + " is missing from the jar");
        }
        return bytes;
    }

    /** Whether there is such a file. */
    public static boolean isThere(String path) {
        return Resources.class.getResource("/" + path) != null;
    }

    private static byte @Nullable [] find(String path) {
        try (InputStream file = Resources.class.getResourceAsStream("/" + path)) {
            return file == null ? null : file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read from the jar", e);
        }
    }
}
