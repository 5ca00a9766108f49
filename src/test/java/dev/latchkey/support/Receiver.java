package dev.latchkey.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A receiver of webhooks of docs/webhooks.md, run as it stands there. */
public final class Receiver implements AutoCloseable {
    private final Process process;
    private final Path output;

    private Receiver(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts it; it may take a while until it listens.
     *
     * @param language of the block in the document
     * @param file to write it to
     * @param command that runs such files
     */
    public static Receiver start(Path folder, String language, String file, String command, int port, String secret)
            throws IOException {
        Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(Path.of("docs/webhooks.md")));
        assertThat(block.find()).as(language).isTrue();
        Path source = Files.writeString(folder.resolve(file), block.group(1));
        Path modules = OtherClients.FOLDER.resolve("node_modules");
        if (Files.exists(modules)) {
            Files.createSymbolicLink(folder.resolve("node_modules"), modules);
        }
        Path output = folder.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(command, source.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("WEBHOOK_SECRET", secret, "PORT", String.valueOf(port)));
        return new Receiver(builder.start(), output);
    }

    /** Whether there is such a command. */
    public static boolean isOnPath(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** Everything it said. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
