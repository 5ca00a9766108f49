package dev.latchkey.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far long work is: a bar on standard error where somebody watches, and nothing elsewhere. Close it at the end. */
final class Progress implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final int MILLIS_BETWEEN = 200;
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private final PrintWriter err;
    private final @Nullable ProgressBar bar;

    private Progress(PrintWriter err, @Nullable ProgressBar bar) {
        this.err = err;
        this.bar = bar;
    }

    /**
     * Begins at nothing.
     *
     * @param task what is done, such as {@code import}
     * @param unit what is counted, with a blank before it, such as {@code  lines}
     * @param all how many there are; negative where nobody knows
     */
    static Progress of(Workplace place, String task, String unit, long all) {
        return new Progress(place.err(), isWatched() ? bar(task, unit, all) : null);
    }

    /** Whether it is drawn, and so worth to count beforehand. */
    static boolean isWatched() {
        if (!Files.isSymbolicLink(STANDARD_ERROR)) {
            return isTerminal(System.console());
        }
        try {
            String leadsTo = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return leadsTo.startsWith("/dev/pts/") || leadsTo.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    /** Since JDK 25 there is no console again where nobody watches, whatever Error Prone remembers of JDK 22. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal(@Nullable Console console) {
        return console != null && console.isTerminal();
    }

    private static ProgressBar bar(String task, String unit, long all) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(unit, 1)
                .setInitialMax(all)
                .setUpdateIntervalMillis(MILLIS_BETWEEN)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    /** So many are done. */
    void reach(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    /** Says a line above the bar. */
    void say(String line) {
        err.println(bar == null ? line : CLEAR_LINE + line);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
