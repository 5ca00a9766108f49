package dev.latchkey.webhook;

import dev.latchkey.mail.pause.Backoff;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves an endpoint alone that is away or has enough, for growing pauses; after each, one event tries whether it is back.
 * What waits meanwhile stays as it is.
 */
@Singleton
class EndpointPause {
    /** No endpoint may make us wait for longer. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(EndpointPause.class);

    /** One event a minute finds soon enough that it is back. */
    private static final Duration MOST = Duration.ofMinutes(1);

    private final Backoff backoff;
    private final Clock clock;
    private int failures;
    private Instant until = Instant.MIN;

    EndpointPause(Backoff backoff, Clock clock) {
        this.backoff = backoff.atMost(MOST);
        this.clock = clock;
    }

    /** Tries in a row that failed. */
    synchronized int failures() {
        return failures;
    }

    /** Whether nothing is to be sent at the moment. A time that lies further ahead than any pause is a clock's mistake. */
    synchronized boolean lasts() {
        Instant now = clock.instant();
        return until.isAfter(now) && !until.isAfter(now.plus(LONGEST));
    }

    /** It could not be used; those that were under way at the same time tell nothing new. */
    synchronized void failed(String why, Duration asked) {
        if (lasts()) {
            return;
        }
        failures++;
        until = clock.instant().plus(Collections.max(List.of(backoff.after(failures), asked)));
        if (failures == 1) {
            LOG.warn("Events wait, as their endpoint cannot be used: {}", why);
        }
    }

    /** It took an event, or said what it has against this one. */
    synchronized void answered() {
        if (failures > 0) {
            LOG.info("The endpoint of events can be used again, after {} tries", failures);
        }
        failures = 0;
        until = Instant.MIN;
    }
}
