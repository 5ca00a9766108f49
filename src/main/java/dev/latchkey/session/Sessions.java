package dev.latchkey.session;

import dev.latchkey.database.OldRows;
import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The sessions that are still good. Those of an account end inside the transaction of what makes them end. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface Sessions extends GenericRepository<Sessions.Session, String>, OldRows {
    Session save(Session session);

    Optional<Session> findById(String id);

    @Query("DELETE FROM sessions WHERE id = :id")
    int remove(String id);

    /** Ends every session of an account, by access token or by session key. */
    @Transactional(propagation = Propagation.MANDATORY)
    @Query("DELETE FROM sessions WHERE account_id = :accountId")
    int endAll(@StoredAsText UUID accountId);

    /** Ends all but that of the access token which asks for it. */
    @Transactional(propagation = Propagation.MANDATORY)
    @Query("DELETE FROM sessions WHERE account_id = :accountId AND id <> :keptToken")
    int endOthers(@StoredAsText UUID accountId, @StoredAsText UUID keptToken);

    @Override
    @Query("DELETE FROM sessions WHERE id IN"
            + " (SELECT id FROM sessions WHERE expires_at <= :now ORDER BY expires_at LIMIT :most)")
    int removeOld(Instant now, int most);

    /**
     * Somebody is signed in, by an access token or by a session key.
     *
     * @param id a token's {@code jti}, which opens nothing without the signature around it; of a key, its digest
     */
    @MappedEntity("sessions")
    record Session(@Id String id, @StoredAsText UUID accountId, Instant expiresAt) {}
}
