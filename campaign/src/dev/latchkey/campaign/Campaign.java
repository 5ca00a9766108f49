package dev.latchkey.campaign;

import dev.latchkey.support.Folders;
import dev.latchkey.support.LatchkeyJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The command: tries figures, says a line for each, and ends with 1 where anything was violated. */
final class Campaign {
    private static volatile boolean interrupted;

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
        List<Options> all;
        try {
            all = Options.parse(List.of(arguments));
        } catch (RuntimeException e) {
            System.err.println(Options.USAGE + "\n\n" + Figure.list());
            System.exit(2);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted = true));
        System.exit(run(all));
    }

    /** One after another; those without a planted fault share servers. */
    private static int run(List<Options> all) throws IOException {
        int code = 0;
        try (Servers servers = new Servers(LatchkeyJar.JAR)) {
            for (Options options : all) {
                code = Math.max(code, options.planted() ? planted(options) : run(options, servers));
            }
        }
        return code;
    }

    private static int run(Options options, Servers servers) throws IOException {
        Figure figure = options.figure();
        Progress from =
                options.resume() ? Progress.kept(figure, options.seed()) : Progress.none(figure, options.seed());
        return tell(options, from, servers, Progress::keep).violations() == 0 ? 0 : 1;
    }

    /** What came of a planted fault is told and not kept. */
    private static int planted(Options options) throws IOException {
        Planted fault = options.figure().planted;
        Path folder = Folders.temporary();
        try (Servers servers = new Servers(Planted.copyOf(LatchkeyJar.JAR, List.of(fault), folder))) {
            Progress end = tell(options, Progress.none(options.figure(), options.seed()), servers, round -> {});
            System.out.println((end.violations() == 0 ? "Not found: " : "Found: ") + fault.what());
            return end.violations() == 0 ? 3 : 0;
        } finally {
            Folders.delete(folder);
        }
    }

    private static Progress tell(Options options, Progress from, Servers servers, Consumer<Progress> keep) {
        System.err.printf("%s, %s: seed %d%n", options.figure(), options.figure().title, from.seed());
        try {
            Progress end = run(options, from, servers, keep);
            System.out.println(end.line());
            return end;
        } catch (Shim.Missing e) {
            System.out.println(options.figure() + ": skipped, as this needs " + e.getMessage());
            return from;
        }
    }

    /** Tries until the count, the time or, with a planted fault, the first violation is reached. */
    static Progress run(Options options, Progress from, Servers servers, Consumer<Progress> keep) {
        Progress progress = from;
        long end = System.nanoTime() + options.limit().toNanos();
        try (Trial trial = options.figure().start.on(servers)) {
            while (progress.done() < options.count()
                    && System.nanoTime() < end
                    && !(options.planted() && progress.violations() > 0)) {
                Progress after = round(trial, options, progress);
                if (interrupted) {
                    // The servers are being ended, too; what that looked like counts for nothing.
                    break;
                }
                progress = after;
                keep.accept(progress);
            }
        }
        return progress;
    }

    private static Progress round(Trial trial, Options options, Progress before) {
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
        return before.after(
                Math.max(done, 1),
                findings,
                Duration.ofNanos(System.nanoTime() - began).toMillis());
    }
}
