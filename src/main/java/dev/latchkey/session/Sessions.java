package dev.latchkey.session;

import dev.latchkey.database.OldRows;
import dev.latchkey.database.RestoredRows;
import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The sessions that are still good. Those of an account end inside the transaction of what makes them end. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface Sessions extends GenericRepository<Sessions.Session, String>, OldRows, RestoredRows {
    Session save(Session session);

    Optional<Session> findById(String id);

    boolean existsById(String id);

    /**
     * Whether whoever asks may still be answered; to be asked under the account's lock, so that it stays so.
     *
     * @param id of the session that asks; absent where nobody has to be signed in
     */
    default boolean stillAsks(@Nullable String id) {
        return id == null || existsById(id);
    }

    List<Session> findByAccountId(@StoredAsText UUID accountId);

    @Query("DELETE FROM sessions WHERE id = :id")
    int remove(String id);

    /** Ends one session of an account; 0 when it has none with this id. */
    @Query("DELETE FROM sessions WHERE id = :id AND account_id = :accountId")
    int remove(String id, @StoredAsText UUID accountId);

    /** Ends every session of an account, of whichever kind. */
    @Transactional(propagation = Propagation.MANDATORY)
    @Query("DELETE FROM sessions WHERE account_id = :accountId")
    int endAll(@StoredAsText UUID accountId);

    /** Ends all but the one that asks for it. */
    @Transactional(propagation = Propagation.MANDATORY)
    @Query("DELETE FROM sessions WHERE account_id = :accountId AND id <> :kept")
    int endOthers(@StoredAsText UUID accountId, String kept);

    /** Notes that a session was used, unless it ended meanwhile. */
    @Query("UPDATE sessions SET last_used_at = :now, expires_at = :expiresAt WHERE id = :id AND last_used_at < :now")
    int touch(String id, Instant now, Instant expiresAt);

    /** Lets a session go on. */
    @Query("UPDATE sessions SET last_used_at = :now, expires_at = :expiresAt WHERE id = :id")
    int renew(String id, Instant now, Instant expiresAt);

    @Override
    @Query("DELETE FROM sessions WHERE id IN"
            + " (SELECT id FROM sessions WHERE expires_at <= :now ORDER BY expires_at LIMIT :most)")
    int removeOld(Instant now, int most);

    /** Nobody is signed in any more, nor is any assistant let in: who has ended that since cannot be known. */
    @Override
    default void restored(Instant now) {
        removeAll();
    }

    @Query("DELETE FROM sessions")
    int removeAll();

    /**
     * Somebody is signed in.
     *
     * @param id of an access token its {@code jti}, which opens nothing without the signature around it; of a session
     *     key or a cookie, its digest
     * @param lastUsedAt to the minute
     * @param expiresAt when it ends if it is not used again; of most kinds, in any case
     * @param proof how its owner showed who they are; absent where that was not noted
     * @param client browser and system, or another program, as it calls itself; empty when it does not
     */
    @MappedEntity("sessions")
    record Session(
            @Id String id,
            @StoredAsText UUID accountId,
            SessionKind kind,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt,
            @Nullable SessionProof proof,
            String client) {

        /** One that begins now. */
        public static Session opened(
                String id,
                UUID accountId,
                SessionKind kind,
                Instant now,
                Duration lifetime,
                SessionProof proof,
                String client) {
            return new Session(id, accountId, kind, now, now, now.plus(lifetime), proof, client);
        }

        public boolean openAt(Instant now) {
            return expiresAt.isAfter(now);
        }
    }
}
