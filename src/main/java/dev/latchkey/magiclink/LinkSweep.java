package dev.latchkey.magiclink;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what nobody needs any more, in small steps so that nobody waits for it: links whose time ran out, with what
 * was proposed for their page, the windows of callers that are over, and stories of a month ago. Several nodes may do it at once.
 */
@Singleton
public class LinkSweep {
    private static final Logger LOG = LoggerFactory.getLogger(LinkSweep.class);
    private static final Duration WINDOW = Duration.ofHours(2);
    private static final Duration STORY = Duration.ofDays(30);
    private static final int STEP = 200;

    private final MagicLinks links;
    private final CallerLimits callers;
    private final LinkRequests requests;
    private final Clock clock;

    LinkSweep(MagicLinks links, CallerLimits callers, LinkRequests requests, Clock clock) {
        this.links = links;
        this.callers = callers;
        this.requests = requests;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "1m", fixedDelay = "1m")
    void sweepRegularly() {
        try {
            sweep();
        } catch (RuntimeException e) {
            LOG.warn("Old links could not be swept; the next round tries again", e);
        }
    }

    /** Goes over all of it once. */
    public void sweep() {
        Instant now = clock.instant();
        untilNoneIsLeft(() -> links.deleteExpired(now, STEP));
        untilNoneIsLeft(() -> callers.deleteOlderThan(now.minus(WINDOW), STEP));
        untilNoneIsLeft(() -> requests.deleteOlderThan(now.minus(STORY), STEP));
    }

    private static void untilNoneIsLeft(IntSupplier step) {
        while (step.getAsInt() == STEP) {
            Thread.onSpinWait();
        }
    }
}
