package dev.latchkey.cli;

import dev.latchkey.backup.BackupProgress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A bar for each step of a backup or a restore, one after the other. */
final class Bars implements BackupProgress, AutoCloseable {
    private final Workplace place;
    private @Nullable Step step;
    private @Nullable Progress bar;

    Bars(Workplace place) {
        this.place = place;
    }

    @Override
    public void at(Step next, long done, long all) {
        Progress current = bar;
        if (current == null || next != step) {
            close();
            String name = next.name().toLowerCase(Locale.ROOT);
            current = Progress.of(place, name, next == Step.CHECKING ? " parts" : " " + name, all);
            step = next;
            bar = current;
        }
        current.reach(done);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
