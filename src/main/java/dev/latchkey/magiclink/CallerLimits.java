package dev.latchkey.magiclink;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;

/** How often each caller asked in its present window. */
@JdbcRepository(dialect = Dialect.ANSI)
interface CallerLimits extends GenericRepository<CallerLimit, String> {

    /** Counts one more in the running window; 0 when the window is over or full. */
    @Query("UPDATE caller_limits SET hits = hits + 1"
            + " WHERE caller_digest = :callerDigest AND window_start = :window AND hits < :most")
    int countOneMore(String callerDigest, Instant window, int most);

    /** Opens a new window with its first request; 0 when it is open already. */
    @Query("INSERT INTO caller_limits (caller_digest, window_start, hits) VALUES (:callerDigest, :window, 1)"
            + " ON CONFLICT (caller_digest) DO UPDATE SET window_start = excluded.window_start, hits = 1"
            + " WHERE caller_limits.window_start < excluded.window_start")
    int openWindow(String callerDigest, Instant window);

    /** Removes a small step of windows that are over. */
    @Query(
            "DELETE FROM caller_limits WHERE caller_digest IN"
                    + " (SELECT caller_digest FROM caller_limits WHERE window_start < :before ORDER BY window_start LIMIT :most)")
    int deleteOlderThan(Instant before, int most);
}
