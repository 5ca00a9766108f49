package dev.latchkey.session;

import dev.latchkey.config.ClockWatch;
import dev.latchkey.database.BatchedDelete;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what ran out, in small steps, so that no sign-in has to wait for it. Several nodes may clean at once. */
@Singleton
final class SessionCleaning {
    private static final Logger LOG = LoggerFactory.getLogger(SessionCleaning.class);

    /** Longer than any failure matters; a caller that once signed in stays known for as long. */
    private static final Duration ATTEMPTS_KEPT = Duration.ofDays(90);

    private final AccessTokens tokens;
    private final SessionKeys keys;
    private final SignInAttempts attempts;
    private final ClockWatch watch;
    private final Clock clock;

    SessionCleaning(AccessTokens tokens, SessionKeys keys, SignInAttempts attempts, ClockWatch watch, Clock clock) {
        this.tokens = tokens;
        this.keys = keys;
        this.attempts = attempts;
        this.watch = watch;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "10m", fixedDelay = "10m")
    void clean() {
        if (!watch.isSteady()) {
            // Nobody is signed out for good by a clock that is wrong for a moment.
            return;
        }
        try {
            Instant now = clock.instant();
            BatchedDelete.remove(most -> tokens.removeExpired(now, most));
            BatchedDelete.remove(most -> keys.removeExpired(now, most));
            BatchedDelete.remove(most -> attempts.removeOlderThan(now.minus(ATTEMPTS_KEPT), most));
        } catch (RuntimeException e) {
            LOG.warn("Old sessions could not be removed; the next round tries again", e);
        }
    }
}
