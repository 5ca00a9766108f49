package dev.latchkey.session;

import dev.latchkey.database.OldRows;
import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The sessions that are still good. */
@JdbcRepository(dialect = Dialect.ANSI)
interface OpenSessions extends GenericRepository<Session, String>, OldRows {
    Session save(Session session);

    Optional<Session> findById(String id);

    @Query("DELETE FROM sessions WHERE id = :id")
    int remove(String id);

    @Query("DELETE FROM sessions WHERE account_id = :accountId")
    int removeAllOf(@StoredAsText UUID accountId);

    @Query("DELETE FROM sessions WHERE account_id = :accountId AND id <> :kept")
    int removeOthersOf(@StoredAsText UUID accountId, String kept);

    @Override
    @Query("DELETE FROM sessions WHERE id IN"
            + " (SELECT id FROM sessions WHERE expires_at <= :now ORDER BY expires_at LIMIT :most)")
    int removeOld(Instant now, int most);
}
