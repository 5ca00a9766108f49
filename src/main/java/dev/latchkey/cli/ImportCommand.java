package dev.latchkey.cli;

import dev.latchkey.profile.importing.AccountImport;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code import}: takes over existing users; see {@link AccountImport}. */
@Command(name = "import", description = "Adds existing users.")
final class ImportCommand implements Callable<Integer> {
    private final Workplace place;

    @Parameters(paramLabel = "FILE", description = "A CSV file with the columns email, name, locale, pin.")
    private Path file;

    ImportCommand(Workplace place) {
        this.place = place;
    }

    @Override
    public Integer call() {
        if (!Files.isReadable(file)) {
            place.err().println("The file " + file + " is not there or cannot be read.");
            return Commands.FAILED;
        }
        return place.onData(context -> run(context.getBean(AccountImport.class)));
    }

    private int run(AccountImport importer) {
        Progress progress = new Progress(place.err());
        try {
            AccountImport.Counts counts = importer.run(file, progress);
            progress.end();
            place.out()
                    .println("added " + counts.added() + ", skipped " + counts.skipped() + ", refused "
                            + counts.refused());
            return counts.refused() == 0 ? Commands.DONE : Commands.FAILED;
        } catch (AccountImport.Unusable e) {
            progress.end();
            place.err().println(e.getMessage());
            place.err().println("What was added before stays; correct the file and run the import again.");
            return Commands.FAILED;
        }
    }

    /** Tells refused lines always, and how far it is only where somebody watches. */
    private static final class Progress implements AccountImport.Listener {
        private static final String CLEAR_LINE = "\r\u001b[K";

        private final PrintWriter out;
        private final boolean watched;

        /** Since JDK 25 there is no console again where nobody watches, whatever Error Prone remembers of JDK 22. */
        @SuppressWarnings("SystemConsoleNull")
        Progress(PrintWriter out) {
            this.out = out;
            Console console = System.console();
            this.watched = console != null && console.isTerminal();
        }

        @Override
        public void refused(long line, String reason) {
            end();
            out.println("line " + line + ": " + reason);
        }

        @Override
        public void notice(String sentence) {
            end();
            out.println(sentence);
        }

        @Override
        public void progress(long lines) {
            if (watched) {
                out.printf("%s%,d lines", CLEAR_LINE, lines);
                out.flush();
            }
        }

        void end() {
            if (watched) {
                out.print(CLEAR_LINE);
                out.flush();
            }
        }
    }
}
