package dev.latchkey.database;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Watches the clock, which may be wrong for a moment: a bad time server, a machine that was resumed. A jump is believed
 * after a minute. Until then nothing is removed for its age, and what the clock said does not count as having been.
 */
@Singleton
public class ClockWatch {
    private static final Duration JUMP = Duration.ofSeconds(30);

    /** Seconds, as it looks once a second. */
    private static final int BELIEVED_AFTER = 60;

    private final Clock clock;
    private Instant last;
    private Instant highest;
    private int steady = BELIEVED_AFTER;

    ClockWatch(Clock clock) {
        this.clock = clock;
        last = clock.instant();
        highest = last;
    }

    /** Looks once more. */
    @Scheduled(initialDelay = "1s", fixedDelay = "1s")
    public synchronized void look() {
        Instant now = clock.instant();
        boolean jumped = Duration.between(last, now).abs().compareTo(JUMP) > 0;
        steady = jumped ? 0 : Math.min(BELIEVED_AFTER, steady + 1);
        last = now;
        if (isSteady() && now.isAfter(highest)) {
            highest = now;
        }
    }

    /** Whether the clock has told one time for a minute, so that what is old by it may be removed. */
    public synchronized boolean isSteady() {
        // The last look may have been before a jump.
        return steady >= BELIEVED_AFTER
                && Duration.between(last, clock.instant()).abs().compareTo(JUMP) <= 0;
    }

    /** The latest time that it has told steadily; later than now where it went back since. */
    public synchronized Instant highest() {
        return highest;
    }

    /** Moves the clock on purpose, which is no jump. */
    public synchronized void move(Runnable moving) {
        moving.run();
        last = clock.instant();
        highest = last;
    }

    /** Lets time begin anew where the clock went back, once everything that the later time had ended is gone. */
    public synchronized void startAnew() {
        highest = clock.instant();
    }
}
