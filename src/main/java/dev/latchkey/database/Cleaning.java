package dev.latchkey.database;

import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes old rows in small steps, so that no request has to wait for it. Several nodes may clean at once; operators'
 * commands leave it to them.
 */
@Singleton
@Requires(missingProperty = "latchkey.command")
public class Cleaning {
    private static final Logger LOG = LoggerFactory.getLogger(Cleaning.class);

    private final List<OldRows> tables;
    private final ClockWatch watch;
    private final Clock clock;

    Cleaning(List<OldRows> tables, ClockWatch watch, Clock clock) {
        this.tables = tables;
        this.watch = watch;
        this.clock = clock;
    }

    /** A clock that is wrong for a moment must not cost anybody a month of history, a session or their account. */
    @Scheduled(initialDelay = "10s", fixedDelay = "30s")
    public void cleanRegularly() {
        if (!watch.isSteady()) {
            return;
        }
        for (OldRows table : tables) {
            try {
                clean(table);
            } catch (RuntimeException e) {
                LOG.warn("Old rows could not be removed; the next round tries again", e);
            }
        }
    }

    /** Goes over everything once. */
    public void clean() {
        tables.forEach(this::clean);
    }

    private void clean(OldRows table) {
        BatchedDelete.remove(table.step(), most -> table.removeOld(clock.instant(), most));
    }
}
