package dev.latchkey;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The product's own source files, as the rules of the house look at them. */
final class Sources {
    static final Path ROOT = Path.of("src/main/java/dev/latchkey");

    private Sources() {}

    /** Every class's file and text, by its path below {@link #ROOT}; without what only says what a package is for. */
    static Map<Path, String> classes() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(ROOT::relativize, Sources::text, (one, other) -> one, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rooms, inner ones too, such as {@code mail.smtp}. */
    static List<String> rooms() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> Files.isDirectory(file) && !file.equals(ROOT))
                    .map(room -> ROOT.relativize(room).toString().replace(File.separatorChar, '.'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Patterns of the packages of rooms, each of which must be there: a rule about nothing always holds. */
    static String[] packages(String... rooms) {
        return Stream.of(rooms)
                .map(room -> {
                    if (!Files.isDirectory(ROOT.resolve(room.replace('.', '/')))) {
                        throw new IllegalArgumentException("A rule names a room that does not exist: " + room);
                    }
                    return "dev.latchkey." + room + "..";
                })
                .toArray(String[]::new);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
