package dev.latchkey.magiclink;

import dev.latchkey.config.ClockWatch;
import dev.latchkey.database.BatchedDelete;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes links whose time ran out, and stories that nobody asks for any more. Several nodes may clean at once. */
@Singleton
public final class LinkCleaning {
    /** How long Status answers and dead links explain themselves. */
    public static final Duration STORIES_KEPT = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(LinkCleaning.class);

    private final MagicLinks links;
    private final DecoyLinks decoys;
    private final LinkRequests requests;
    private final ClockWatch watch;
    private final Clock clock;

    LinkCleaning(MagicLinks links, DecoyLinks decoys, LinkRequests requests, ClockWatch watch, Clock clock) {
        this.links = links;
        this.decoys = decoys;
        this.requests = requests;
        this.watch = watch;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "5m", fixedDelay = "10m")
    void cleanRegularly() {
        if (!watch.isSteady()) {
            // A clock that is wrong for a moment must not take a month of stories with it.
            return;
        }
        try {
            clean();
        } catch (RuntimeException e) {
            LOG.warn("Old links could not be removed; the next round tries again", e);
        }
    }

    /** Goes over everything once and returns how many rows were removed. */
    public long clean() {
        Instant now = clock.instant();
        return BatchedDelete.remove(most -> links.deleteExpired(now, most))
                + BatchedDelete.remove(most -> decoys.deleteExpired(now, most))
                + BatchedDelete.remove(
                        most -> requests.deleteOlderThan(LinkRequest.hourOf(now.minus(STORIES_KEPT)), most));
    }
}
