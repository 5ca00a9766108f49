package dev.latchkey.limit;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * Somebody's budget: so many at once, and one more each while (a token bucket).
 *
 * @param use what it is for; the same holder has another budget for another use
 * @param holder whose it is, such as a network address; only a digest of it is stored
 * @param atOnce how many there are when none was taken for long, at least 1
 * @param oneEach how long it takes until there is one more
 */
public record Budget(String use, String holder, long atOnce, Duration oneEach) {

    /** So many at once, and as many evenly over each hour. */
    public static Budget perHour(String use, String holder, long perHour) {
        return perHour(use, holder, perHour, perHour);
    }

    /** So many evenly over each hour, of which some may be taken at once. */
    public static Budget perHour(String use, String holder, long perHour, long atOnce) {
        return new Budget(use, holder, atOnce, Duration.ofHours(1).dividedBy(perHour));
    }

    /** Microseconds until there is one more. */
    long interval() {
        return Math.max(1, oneEach.dividedBy(ChronoUnit.MICROS.getDuration()));
    }
}
