package dev.latchkey.profile.importing;

import dev.latchkey.config.Command;
import jakarta.inject.Singleton;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code import users.csv}: takes over existing users; see {@link AccountImport}. */
@Singleton
public final class ImportCommand implements Command {
    private final AccountImport importer;

    ImportCommand(AccountImport importer) {
        this.importer = importer;
    }

    @Override
    public int run(List<String> arguments) {
        if (arguments.size() != 1) {
            System.err.println("usage: java -jar latchkey.jar import <file.csv>");
            return 2;
        }
        Path file = Path.of(arguments.getFirst());
        if (!Files.isReadable(file)) {
            System.err.println("The file " + file + " is not there or cannot be read.");
            return 1;
        }
        Progress progress = new Progress(System.err);
        try {
            AccountImport.Counts counts = importer.run(file, progress);
            progress.end();
            System.out.println(
                    "added " + counts.added() + ", skipped " + counts.skipped() + ", refused " + counts.refused());
            return 0;
        } catch (AccountImport.Unusable e) {
            progress.end();
            System.err.println(e.getMessage());
            System.err.println("What was added before stays; correct the file and run the import again.");
            return 1;
        }
    }

    /** Tells refused lines always, and how far it is only where somebody watches. */
    private static final class Progress implements AccountImport.Listener {
        private static final String CLEAR_LINE = "\r\u001b[K";

        private final PrintStream out;
        private final boolean watched;

        /** Since JDK 25 there is no console again where nobody watches, whatever Error Prone remembers of JDK 22. */
        @SuppressWarnings("SystemConsoleNull")
        Progress(PrintStream out) {
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
