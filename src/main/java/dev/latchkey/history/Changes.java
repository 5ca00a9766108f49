package dev.latchkey.history;

import dev.latchkey.database.OldRows;
import dev.latchkey.database.StoredAsText;
import dev.latchkey.photo.PhotoReferences;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What was changed within the past month. */
@JdbcRepository(dialect = Dialect.ANSI)
interface Changes extends GenericRepository<Change, UUID>, PhotoReferences, OldRows {
    /** How long the names of what was changed are kept. */
    Duration KEPT = Duration.ofDays(30);

    Change save(Change change);

    void update(Change change);

    Optional<Change> findById(@StoredAsText UUID id);

    Optional<Change> findByUndoId(String undoId);

    @Query("SELECT * FROM changes WHERE account_id = :accountId AND request_id = :requestId")
    Optional<Change> findByRequest(@StoredAsText UUID accountId, @StoredAsText UUID requestId);

    List<Change> findByAccountId(@StoredAsText UUID accountId);

    /** The newest before one of them, newest first. */
    @Query("SELECT * FROM changes WHERE account_id = :accountId AND id < :id ORDER BY id DESC LIMIT :most")
    List<Change> newestBefore(@StoredAsText UUID accountId, @StoredAsText UUID id, int most);

    /** Those of some requests with which an account was changed. */
    @Query("SELECT request_id FROM changes WHERE account_id = :accountId AND request_id IN (:requests)")
    List<String> requestsAmong(@StoredAsText UUID accountId, Collection<String> requests);

    /** What was changed after one of them and could still be taken back; oldest first. */
    @Query("SELECT * FROM changes WHERE account_id = :accountId AND id > :id"
            + " AND undo_id IS NOT NULL AND undone_at IS NULL AND undo_until > :now ORDER BY id")
    List<Change> undoableAfter(@StoredAsText UUID accountId, @StoredAsText UUID id, Instant now);

    /** Takes a change in hand to take it back; of several that try at once, one sees 1. */
    @Query("UPDATE changes SET undone_at = :now WHERE id = :id AND undone_at IS NULL AND undo_until > :now")
    int claim(@StoredAsText UUID id, Instant now);

    /** The notice came late: whoever got it has the whole time all the same. */
    @Query("UPDATE changes SET undo_until = :until WHERE id = :id AND undone_at IS NULL AND before IS NOT NULL")
    int prolong(@StoredAsText UUID id, Instant until);

    /** With what accounts were moved to another mailbox that may still be moved back. */
    @Query("SELECT id FROM changes WHERE email_before IS NOT NULL AND told IS NOT NULL AND undo_id IS NOT NULL"
            + " AND undone_at IS NULL AND undo_until > :now ORDER BY id")
    List<String> moves(Instant now);

    /** Whether an address is held for somebody else. */
    @Query("SELECT count(*) FROM changes WHERE email_before = :email AND account_id <> :accountId"
            + " AND undone_at IS NULL AND undo_until > :now")
    int countHoldingEmail(String email, @StoredAsText UUID accountId, Instant now);

    /** Those of the given addresses that are held for anybody. */
    @Query("SELECT DISTINCT email_before FROM changes WHERE email_before IN (:emails)"
            + " AND undone_at IS NULL AND undo_until > :now")
    List<String> emailsAmong(Collection<String> emails, Instant now);

    /** Whether a nickname is held for somebody else. */
    @Query("SELECT count(*) FROM changes WHERE nickname_before = :nickname AND account_id <> :accountId"
            + " AND undone_at IS NULL AND undo_until > :now")
    int countHoldingNickname(String nickname, @StoredAsText UUID accountId, Instant now);

    @Override
    default Set<String> referenced(Collection<String> hashes) {
        return Set.copyOf(photosAmong(hashes));
    }

    /** Those of the given photos that an undo would bring back. */
    @Query("SELECT DISTINCT photo_before FROM changes WHERE photo_before IN (:hashes) AND undone_at IS NULL")
    List<String> photosAmong(Collection<String> hashes);

    @Override
    default int removeOld(Instant now, int most) {
        return reduceOld(now, most) + removeBefore(now.minus(KEPT), most);
    }

    @Query(
            "UPDATE changes SET before = NULL, after = NULL, told = NULL, email_before = NULL, nickname_before = NULL,"
                    + " photo_before = NULL WHERE id IN"
                    + " (SELECT id FROM changes WHERE undo_until <= :now AND before IS NOT NULL ORDER BY undo_until LIMIT :most)")
    int reduceOld(Instant now, int most);

    @Query("DELETE FROM changes WHERE id IN"
            + " (SELECT id FROM changes WHERE happened_at < :then ORDER BY happened_at LIMIT :most)")
    int removeBefore(Instant then, int most);
}
