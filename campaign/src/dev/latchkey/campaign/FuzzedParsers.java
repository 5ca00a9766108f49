package dev.latchkey.campaign;

import dev.latchkey.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** {@link Parsers} in a process of its own, on the classes of the jar. */
final class FuzzedParsers implements Trial {
    static final Planted NO_AT = new Planted(
            "an address without @ is cut at it",
            "account/EmailAddress.java",
            "if (at < 1 || at > MOST_LOCAL",
            "if (at > MOST_LOCAL");

    private static final int EXECUTIONS = 1_000_000;

    private final Path jar;
    private final Path folder = Folders.temporary();

    FuzzedParsers(Servers servers) {
        jar = servers.jar();
    }

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) throws IOException, InterruptedException {
        int executions = Math.min(most, EXECUTIONS);
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        jar + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                        Parsers.class.getName(),
                        String.valueOf(chance.nextLong()),
                        String.valueOf(executions))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int code = process.waitFor();
        List<String> lines = Files.readAllLines(said);
        findings.promise(code == 0, "%s", lines.isEmpty() ? "ended with " + code : lines.getFirst());
        return executions;
    }

    @Override
    public void close() {
        Folders.delete(folder);
    }
}
