package dev.latchkey.campaign;

import dev.latchkey.support.Folders;
import dev.latchkey.support.LatchkeyJar;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** The command that imports, started beforehand: it waits at a pipe, so that its lines come when they are wanted. */
final class PipedImport {
    /** Opening a pipe has no time limit, and no process of ours is to wait for one that nobody opens. */
    private static final Executor DAEMONS = task -> Thread.ofPlatform().daemon().start(task);

    private final Path folder;
    private final OutputStream lines;
    private final CompletableFuture<LatchkeyJar.Outcome> outcome;

    private PipedImport(Path folder, OutputStream lines, CompletableFuture<LatchkeyJar.Outcome> outcome) {
        this.folder = folder;
        this.lines = lines;
        this.outcome = outcome;
    }

    /** Starts it with the settings of a server, and waits until it reads. */
    static PipedImport beside(LatchkeyJar jar) throws IOException, InterruptedException, ExecutionException {
        Path folder = Folders.temporary();
        Path pipe = folder.resolve("users.csv");
        if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0) {
            throw new IOException("No pipe at " + pipe);
        }
        CompletableFuture<LatchkeyJar.Outcome> outcome =
                CompletableFuture.supplyAsync(() -> jar.run("import", pipe.toString()), DAEMONS);
        CompletableFuture<OutputStream> open = CompletableFuture.supplyAsync(() -> opened(pipe), DAEMONS);
        CompletableFuture.anyOf(outcome, open).get();
        if (!open.isDone()) {
            throw new IOException("It ended before it read: " + outcome.get());
        }
        return new PipedImport(folder, open.get(), outcome);
    }

    private static OutputStream opened(Path pipe) {
        try {
            return Files.newOutputStream(pipe);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends it these people; what it says of them in the end. */
    String take(List<String> emails) throws IOException, InterruptedException, ExecutionException {
        try (lines) {
            lines.write(("email\n" + String.join("\n", emails) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        LatchkeyJar.Outcome end = outcome.get();
        Folders.delete(folder);
        return end.code() + " " + end.output().strip();
    }
}
