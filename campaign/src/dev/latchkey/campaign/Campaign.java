package dev.latchkey.campaign;

import dev.latchkey.support.Folders;
import dev.latchkey.support.LatchkeyJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The command: tries one figure and ends with one line and, where anything was violated, with 1. */
final class Campaign {
    private Campaign() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            System.out.println(Options.USAGE + "\n\n" + Figure.list());
            return;
        }
        if (arguments[0].equals("--table")) {
            Table.write();
            return;
        }
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (RuntimeException e) {
            System.err.println(Options.USAGE + "\n\n" + Figure.list());
            System.exit(2);
            return;
        }
        Progress end;
        try {
            end = run(options);
        } catch (Shim.Missing e) {
            System.out.println(options.figure() + ": skipped, as this needs " + e.getMessage());
            return;
        }
        System.out.println(end.line());
        if (options.planted() && end.violations() == 0) {
            System.err.println("The planted fault was not found: "
                    + options.figure().planted.what());
            System.exit(3);
        }
        System.exit(end.violations() == 0 ? 0 : 1);
    }

    /** Tries until the count, the time or, with a planted fault, the first violation is reached. */
    static Progress run(Options options) throws IOException {
        Figure figure = options.figure();
        Progress progress =
                options.resume() ? Progress.kept(figure, options.seed()) : Progress.none(figure, options.seed());
        System.err.printf("%s, %s: seed %d%n", figure, figure.title, progress.seed());
        Path folder = Files.createTempDirectory("latchkey-campaign");
        try {
            Path jar = options.planted() ? figure.planted.copyOf(LatchkeyJar.JAR, folder) : LatchkeyJar.JAR;
            return run(options, progress, new Servers(jar));
        } finally {
            Folders.delete(folder);
        }
    }

    private static Progress run(Options options, Progress from, Servers servers) throws IOException {
        Progress progress = from;
        long end = System.nanoTime() + options.limit().toNanos();
        try (Trial trial = options.figure().start.on(servers)) {
            while (progress.done() < options.count()
                    && System.nanoTime() < end
                    && !(options.planted() && progress.violations() > 0)) {
                progress = round(trial, options, progress);
            }
        }
        return progress;
    }

    private static Progress round(Trial trial, Options options, Progress before) throws IOException {
        long began = System.nanoTime();
        Findings findings = new Findings();
        int done = 0;
        try {
            done = trial.round((int) (options.count() - before.done()), before.chance(), findings);
        } catch (Exception | AssertionError e) {
            // What ends a round is no proof that a planted fault was found.
            if (options.planted()) {
                throw new IllegalStateException(e);
            }
            findings.violation("round %d ended early: %s", before.rounds(), e);
            e.printStackTrace();
        }
        Progress after = before.after(
                Math.max(done, 1),
                findings,
                Duration.ofNanos(System.nanoTime() - began).toMillis());
        if (!options.planted()) {
            after.keep();
        }
        return after;
    }
}
