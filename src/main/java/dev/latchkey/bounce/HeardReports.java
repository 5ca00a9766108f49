package dev.latchkey.bounce;

import dev.latchkey.database.OldRows;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Duration;
import java.time.Instant;

/** The reports of the past days. */
@JdbcRepository(dialect = Dialect.ANSI)
interface HeardReports extends GenericRepository<HeardReport, String>, OldRows {
    /** Longer than any provider repeats itself. */
    Duration KEPT = Duration.ofDays(3);

    /** Notes a report; 0 when it was heard before, or somebody else is just hearing it. */
    @Query("INSERT INTO mail_reports (digest, heard_at) VALUES (:digest, :at) ON CONFLICT (digest) DO NOTHING")
    int note(String digest, Instant at);

    @Override
    default int removeOld(Instant now, int most) {
        return removeBefore(now.minus(KEPT), most);
    }

    @Query("DELETE FROM mail_reports WHERE digest IN"
            + " (SELECT digest FROM mail_reports WHERE heard_at < :before ORDER BY heard_at LIMIT :most)")
    int removeBefore(Instant before, int most);
}
