package dev.latchkey.bounce;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;

/** Whose turn it is to look into mailboxes, so that of several nodes one does. */
@JdbcRepository(dialect = Dialect.ANSI)
interface ReportTurns extends GenericRepository<ReportTurn, String> {

    /**
     * Takes the turn, whoever else wants it at the same moment.
     *
     * @param farthest longer than any turn: what ends later was written by a clock that was ahead
     * @return 0 where it is somebody else's
     */
    @Query("""
            INSERT INTO report_turns (mailbox, ends_at) VALUES (:mailbox, :until)
            ON CONFLICT (mailbox) DO UPDATE SET ends_at = :until
            WHERE report_turns.ends_at <= :now OR report_turns.ends_at > :farthest""")
    int take(String mailbox, Instant now, Instant until, Instant farthest);

    /** Ends a turn early. */
    @Query("UPDATE report_turns SET ends_at = :now WHERE mailbox = :mailbox AND ends_at = :until")
    int end(String mailbox, Instant until, Instant now);
}
