package dev.latchkey.cli;

import dev.latchkey.profile.importing.AccountImport;
import dev.latchkey.profile.importing.AccountImport.Counts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: takes over existing users; see {@link AccountImport}. */
@Command(
        name = "import",
        description = {
            "Adds existing users from a CSV file. Who has an account already is skipped, so it may be run again.",
            "Lines that are refused are told with their number and the reason; the exit code is then 1."
        })
final class ImportCommand implements Callable<Integer> {
    private static final long UNKNOWN = -1;

    private final Workplace place;

    @Parameters(
            paramLabel = "FILE",
            description = {
                "Its first line names the columns: email, and perhaps name, pronouns, locale and pin.",
                "Commas, semicolons, tabs or bars separate them."
            })
    private Path file;

    @Option(
            names = "--dry-run",
            description = "Check every line and say what would be added, skipped and refused; write nothing.")
    private boolean dryRun;

    ImportCommand(Workplace place) {
        this.place = place;
    }

    @Override
    public Integer call() {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            place.err().println("The file " + file + " is not there or cannot be read.");
            return Commands.FAILED;
        }
        return place.onData(context -> run(context.getBean(AccountImport.class)));
    }

    private int run(AccountImport importer) {
        try {
            Counts counts = watched(importer);
            place.out()
                    .println((dryRun ? "nothing was written; would be " : "") + "added " + counts.added() + ", skipped "
                            + counts.skipped() + ", refused " + counts.refused());
            return counts.refused() == 0 ? Commands.DONE : Commands.FAILED;
        } catch (AccountImport.Unusable e) {
            place.err().println(e.getMessage());
            place.err()
                    .println(
                            dryRun
                                    ? "Correct the file and try again."
                                    : "What was added before stays; correct the file and run the import again.");
            return Commands.FAILED;
        }
    }

    private Counts watched(AccountImport importer) {
        try (Progress progress = Progress.of(place, "import", " lines", Progress.isWatched() ? lines() : UNKNOWN)) {
            Told told = new Told(progress);
            return dryRun ? importer.rehearse(file, told) : importer.run(file, told);
        }
    }

    /** How many follow the first; those of a pipe are known only when they have come. */
    private long lines() {
        if (!Files.isRegularFile(file)) {
            return UNKNOWN;
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            long ends = 0;
            byte last = '\n';
            byte[] some = new byte[1 << 16];
            for (int read = bytes.read(some); read >= 0; read = bytes.read(some)) {
                for (int i = 0; i < read; i++) {
                    ends += some[i] == '\n' ? 1 : 0;
                    last = some[i];
                }
            }
            return Math.max(0, last == '\n' ? ends - 1 : ends);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** What is heard of the import while it runs. */
    private record Told(Progress progress) implements AccountImport.Listener {
        @Override
        public void refused(long line, String reason) {
            progress.say("line " + line + ": " + reason);
        }

        @Override
        public void notice(String sentence) {
            progress.say(sentence);
        }

        @Override
        public void progress(long lines) {
            progress.reach(lines);
        }
    }
}
