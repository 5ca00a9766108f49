package dev.latchkey.session;

import dev.latchkey.database.BestEffort;
import dev.latchkey.session.Sessions.Session;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes that sessions are in use; at most once a minute, as each time is a write. */
@Singleton
public final class SessionUse {
    static final Duration STEP = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(SessionUse.class);

    private final Sessions sessions;
    private final Clock clock;

    SessionUse(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** For a session whose end does not depend on it. */
    public void note(Session session) {
        note(session, STEP, (used, now) -> used.expiresAt());
    }

    /**
     * For any.
     *
     * @param step no more often than this
     * @param end when it is to end from now on
     */
    void note(Session session, Duration step, BiFunction<Session, Instant, Instant> end) {
        Instant now = clock.instant();
        if (session.lastUsedAt().plus(step).isAfter(now)) {
            return;
        }
        // Looking needs no writing: a full disk must not sign anybody out. The next use notes it.
        BestEffort.tried(
                LOG,
                "That a session was used cannot be noted",
                () -> sessions.touch(session.id(), now, end.apply(session, now)));
    }
}
