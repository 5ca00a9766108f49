package dev.latchkey.campaign;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A fault that is put into a copy of the product, to see that a campaign would find it. The product itself has no switch
 * for it.
 *
 * @param what what is wrong with the copy
 * @param source the class's file below {@code src/main/java/dev/latchkey}
 * @param original what stands there; it must be there once
 * @param fault what stands there in the copy
 */
record Planted(String what, String source, String original, String fault) {
    private static final Path SOURCES = Path.of("src/main/java");

    /** Makes a copy in that folder, with these faults. */
    static Path copyOf(Path jar, Collection<Planted> faults, Path folder) throws IOException {
        Path sources = folder.resolve("source");
        for (Planted fault : Set.copyOf(faults)) {
            fault.change(sources);
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(files(sources), jar, classes);
        Path copy = Files.copy(jar, folder.resolve("planted.jar"));
        try (FileSystem inside = FileSystems.newFileSystem(copy)) {
            for (Path one : files(classes)) {
                Path place = inside.getPath(classes.relativize(one).toString());
                Files.copy(one, place, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }

    private void change(Path sources) throws IOException {
        Path file = Path.of("dev/latchkey", source);
        String text = Files.readString(SOURCES.resolve(file));
        if (text.split(Pattern.quote(original), -1).length != 2) {
            throw new IllegalStateException(file + " has to hold this once: " + original);
        }
        Path changed = sources.resolve(file);
        Files.createDirectories(changed.getParent());
        Files.writeString(changed, text.replace(original, fault));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** Without annotation processors: what they made of the original stands in the jar, and fits. */
    private static void compile(List<Path> sources, Path jar, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-proc:none", "-parameters", "-nowarn", "-cp", jar.toString(), "-d", classes.toString());
            if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call()) {
                throw new IllegalStateException("A fault does not compile: " + sources);
            }
        }
    }
}
