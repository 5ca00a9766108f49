package dev.latchkey.limit;

import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.ServerSecret;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from budgets, exactly, on any number of nodes; part of the caller's transaction where there is one, and undone
 * with it. This is a token bucket kept as one time (the generic cell rate algorithm, ITU-T I.371).
 *
 * <p>Clocks of nodes may differ by seconds: a budget then seems fuller or emptier by as much. A time that no clock of
 * today can have written counts as none, so that a clock that was ahead for a moment shuts nothing.
 */
@Singleton
public final class RateLimits {
    /** How far clocks may differ. */
    public static final Duration SKEW = Duration.ofMinutes(1);

    /** Whoever takes from a budget at the very moment is not met by those who forget it. */
    private static final Duration FULL_FOR = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(RateLimits.class);
    private static final int STEP = 500;

    private final SpentBudgets spent;
    private final KeyedDigest digests;
    private final Clock clock;

    RateLimits(SpentBudgets spent, ServerSecret secret, Clock clock) {
        this.spent = spent;
        this.digests = secret.mac("budget");
        this.clock = clock;
    }

    /**
     * Takes one.
     *
     * @return how long to wait until there is one; empty when it was taken
     */
    public Optional<Duration> take(Budget budget) {
        return take(budget, 0);
    }

    /**
     * Takes one, if as many as said are left then for others.
     *
     * @return how long to wait until there are enough; empty when one was taken
     */
    public Optional<Duration> take(Budget budget, long leave) {
        String digest = digest(budget);
        long now = micros(clock.instant());
        long interval = budget.interval();
        long latest = now + (budget.atOnce() - leave - 1) * interval;
        long farthest = farthest(budget, now);
        if (spent.take(digest, interval, now, latest, farthest) == 1) {
            return Optional.empty();
        }
        // Where somebody gave one back meanwhile, the next try gets it.
        return Optional.of(spent.findById(digest)
                .map(found -> Duration.of(found.fullAt() - latest, ChronoUnit.MICROS))
                .filter(Duration::isPositive)
                .orElse(budget.oneEach()));
    }

    /** Undoes one that was taken. */
    public void giveBack(Budget budget) {
        spent.giveBack(digest(budget), budget.interval());
    }

    /** Forgets that anything was taken. */
    public void forget(Budget budget) {
        spent.remove(digest(budget));
    }

    /** How many were taken and are not refilled yet. */
    public long taken(Budget budget) {
        long now = micros(clock.instant());
        long interval = budget.interval();
        return spent.findById(digest(budget))
                .map(SpentBudget::fullAt)
                .filter(fullAt -> fullAt > now && fullAt <= farthest(budget, now))
                .map(fullAt -> (fullAt - now + interval - 1) / interval)
                .orElse(0L);
    }

    private static long farthest(Budget budget, long now) {
        return now + budget.atOnce() * budget.interval() + SKEW.dividedBy(ChronoUnit.MICROS.getDuration());
    }

    private String digest(Budget budget) {
        return digests.of(budget.use() + ":" + budget.holder());
    }

    @Scheduled(initialDelay = "7m", fixedDelay = "10m")
    void forgetRegularly() {
        try {
            forget();
        } catch (RuntimeException e) {
            LOG.warn("Full budgets could not be forgotten; the next round tries again", e);
        }
    }

    /**
     * Forgets budgets that are full again; several nodes may do so at once. There is no index of times, which each request
     * would have to keep up.
     */
    void forget() {
        long before = micros(clock.instant().minus(FULL_FOR));
        List<String> full;
        for (String after = ""; ; after = full.getLast()) {
            full = spent.findFull(after, before, STEP);
            if (full.isEmpty()) {
                return;
            }
            spent.removeFull(full, before);
        }
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
