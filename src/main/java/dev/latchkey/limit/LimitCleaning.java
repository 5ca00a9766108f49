package dev.latchkey.limit;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets budgets that are full again. Several nodes may clean at once. */
@Singleton
final class LimitCleaning {
    private static final Logger LOG = LoggerFactory.getLogger(LimitCleaning.class);
    private static final int STEP = 500;

    /** Whoever takes from a budget at the very moment does not meet us at it. */
    private static final Duration FULL_FOR = Duration.ofHours(1);

    private final SpentBudgets spent;
    private final Clock clock;

    LimitCleaning(SpentBudgets spent, Clock clock) {
        this.spent = spent;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "7m", fixedDelay = "10m")
    void cleanRegularly() {
        try {
            clean();
        } catch (RuntimeException e) {
            LOG.warn("Full budgets could not be forgotten; the next round tries again", e);
        }
    }

    /** Goes over everything once. There is no index of times, which each request would have to keep up. */
    void clean() {
        long before = RateLimits.micros(clock.instant().minus(FULL_FOR));
        List<String> full;
        for (String after = ""; ; after = full.getLast()) {
            full = spent.findFull(after, before, STEP);
            if (full.isEmpty()) {
                return;
            }
            spent.removeFull(full, before);
        }
    }
}
