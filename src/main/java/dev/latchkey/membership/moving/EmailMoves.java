package dev.latchkey.membership.moving;

import dev.latchkey.database.OldRows;
import dev.latchkey.database.RestoredRows;
import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where accounts were to move to, for as long as dead links explain themselves. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface EmailMoves extends GenericRepository<EmailMove, UUID>, OldRows, RestoredRows {
    Duration KEPT = Duration.ofDays(30);

    EmailMove save(EmailMove move);

    Optional<EmailMove> findById(@StoredAsText UUID id);

    Optional<EmailMove> findByLinkId(String linkId);

    @Query("SELECT * FROM email_moves WHERE account_id = :accountId AND state = 'OPEN'")
    Optional<EmailMove> findOpen(@StoredAsText UUID accountId);

    /** The last time that an account left an address. */
    @Query("SELECT * FROM email_moves WHERE account_id = :accountId AND left_email = :email"
            + " ORDER BY ended_at DESC LIMIT 1")
    Optional<EmailMove> findLastFrom(@StoredAsText UUID accountId, String email);

    /** All of an account, the newest first. */
    @Query("SELECT * FROM email_moves WHERE account_id = :accountId ORDER BY asked_at DESC, id DESC")
    List<EmailMove> of(@StoredAsText UUID accountId);

    /** The last move away from each address that was proved, since some time. */
    @Query("SELECT MAX(id) FROM email_moves WHERE account_id = :accountId AND left_verified_at IS NOT NULL"
            + " AND ended_at > :since AND left_email <> :current GROUP BY left_email")
    List<String> idsLeftSince(@StoredAsText UUID accountId, Instant since, String current);

    @Query("SELECT left_email FROM email_moves WHERE id = :id AND left_email IS NOT NULL")
    Optional<String> leftWith(@StoredAsText UUID id);

    /** The addresses that an account had before. */
    @Query("SELECT DISTINCT left_email FROM email_moves WHERE account_id = :accountId AND left_email IS NOT NULL")
    List<String> leftBy(@StoredAsText UUID accountId);

    @Query("SELECT id FROM email_moves WHERE account_id = :accountId")
    List<String> idsOf(@StoredAsText UUID accountId);

    /** Takes back where an account was to move to; the account is locked by then. */
    @Query("UPDATE email_moves SET state = 'REVOKED', ended_at = :at WHERE account_id = :accountId AND state = 'OPEN'")
    int revokeOpen(@StoredAsText UUID accountId, Instant at);

    /** Uses an open move; of several that try at once, one sees 1. */
    @Query("UPDATE email_moves SET state = 'DONE', ended_at = :now, left_email = :left, left_verified_at = :verifiedAt"
            + " WHERE id = :id AND state = 'OPEN' AND COALESCE(expires_at, unsent_until) > :now")
    int claim(@StoredAsText UUID id, Instant now, String left, @Nullable Instant verifiedAt);

    @Query("UPDATE email_moves SET expires_at = :end WHERE id = :id AND state = 'OPEN'")
    int startLifetime(@StoredAsText UUID id, Instant end);

    /** The mail was given up: a link that was in it ends soon. */
    @Query("UPDATE email_moves SET unsent_until = :end WHERE id = :id AND state = 'OPEN' AND unsent_until > :end")
    int endUnsent(@StoredAsText UUID id, Instant end);

    /** Gives a link whose mail was never accepted another id, so that copies of its old mail open nothing. */
    @Query("UPDATE email_moves SET link_id = :linkId, unsent_until = :unsentUntil"
            + " WHERE id = :id AND state = 'OPEN' AND expires_at IS NULL")
    int renew(@StoredAsText UUID id, String linkId, Instant unsentUntil);

    /** No account moves by a link of the past. */
    @Override
    default void restored(Instant now) {
        revokeAll(now);
    }

    @Query("UPDATE email_moves SET state = 'REVOKED', ended_at = :at WHERE state = 'OPEN'")
    int revokeAll(Instant at);

    @Override
    default int removeOld(Instant now, int most) {
        return removeBefore(now.minus(KEPT), most);
    }

    @Query("DELETE FROM email_moves WHERE id IN"
            + " (SELECT id FROM email_moves WHERE asked_at < :before ORDER BY asked_at LIMIT :most)")
    int removeBefore(Instant before, int most);
}
