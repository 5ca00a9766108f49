package dev.latchkey.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Other people's clients, unchanged, and the Node.js they run on. Installed by {@code .ci/run}; tests that need them are
 * skipped where they are not, unless {@code -Dclients.required=true}.
 */
public final class OtherClients {
    public static final Path FOLDER = Path.of(".ci/clients").toAbsolutePath();
    public static final String CONFORMANCE = "node_modules/@modelcontextprotocol/conformance/dist/index.js";

    public static final String INSPECTOR =
            "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js";

    /** The Node.js that comes with them. */
    public static final Path NODE = FOLDER.resolve("node_modules/node/bin/node");

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private OtherClients() {}

    /** Skips the test, or fails it where they are required, unless they and these files beside them are there. */
    public static void assumeInstalled(String... files) {
        boolean installed = Files.isExecutable(NODE)
                && Arrays.stream(files).map(FOLDER::resolve).allMatch(Files::exists);
        if (Boolean.getBoolean("clients.required")) {
            assertThat(installed)
                    .as("the clients under .ci/clients are installed")
                    .isTrue();
        }
        assumeTrue(installed, "The clients under .ci/clients are not installed: see .ci/run");
    }

    /** The arguments with which the Inspector calls {@code /mcp} of a server. */
    public static String[] inspection(String origin, String era, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(INSPECTOR, "--cli", origin + "/mcp", "--transport", "http", "--protocol-era", era));
        command.addAll(Arrays.asList(arguments));
        return command.toArray(String[]::new);
    }

    /** Runs a script with arguments, in their folder; what it says, once it has ended well. */
    public static String node(String... arguments) {
        return node(PATIENCE, arguments);
    }

    /** The same, for one that may take so long. */
    public static String node(Duration patience, String... arguments) {
        return said(patience, FOLDER, nodes(arguments));
    }

    /** The same, however it ends. */
    public static Outcome outcomeOfNode(String... arguments) {
        return outcome(PATIENCE, FOLDER, nodes(arguments));
    }

    /** Runs any command; what it says, once it has ended well. */
    public static String run(Path folder, String... command) {
        return said(PATIENCE, folder, command);
    }

    private static String said(Duration patience, Path folder, String... command) {
        Outcome outcome = outcome(patience, folder, command);
        assertThat(outcome.exit())
                .as(String.join(" ", command) + "\n" + outcome.text())
                .isZero();
        return outcome.text();
    }

    private static String[] nodes(String... arguments) {
        List<String> command = new ArrayList<>(List.of(NODE.toString()));
        command.addAll(Arrays.asList(arguments));
        return command.toArray(String[]::new);
    }

    private static Outcome outcome(Duration patience, Path folder, String... command) {
        try {
            Path output = Files.createTempFile("client", ".log");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(patience)) {
                process.destroyForcibly();
            }
            return new Outcome(process.waitFor(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How a command ended and what it said on both outputs. */
    public record Outcome(int exit, String text) {}
}
