package dev.latchkey.config;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** The clock of the dev environment, which tests put forward instead of waiting. */
public final class DevClock extends Clock {
    private final Clock real;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    DevClock(Clock real) {
        this.real = real;
    }

    /** By how much it is ahead. */
    public Duration offset() {
        return offset.get();
    }

    /**
     * Puts it forward.
     *
     * @param most by how much it may be ahead in all
     * @return false where that would be more; then it stays as it is
     */
    public boolean forward(Duration by, Duration most) {
        Duration before = offset.get();
        Duration after = before.plus(by);
        return after.compareTo(most) <= 0 && (offset.compareAndSet(before, after) || forward(by, most));
    }

    /** Tells the real time again. */
    public void reset() {
        offset.set(Duration.ZERO);
    }

    @Override
    public Instant instant() {
        return real.instant().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Times are told in UTC");
    }
}
