package dev.latchkey.magiclink;

import dev.latchkey.database.OldRows;
import dev.latchkey.database.OnPostgres;
import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The history of all requests, kept for a while after their end. */
@JdbcRepository(dialect = Dialect.ANSI)
interface LinkRequests extends GenericRepository<LinkRequest, UUID>, OldRows {
    /** How long Status answers and dead links explain themselves. */
    Duration KEPT = Duration.ofDays(30);

    LinkRequest save(LinkRequest request);

    Optional<LinkRequest> findById(@StoredAsText UUID id);

    @Query("SELECT * FROM link_requests WHERE id IN (:ids) AND account_id = :accountId")
    List<LinkRequest> findAmong(@StoredAsText UUID accountId, Collection<String> ids);

    Optional<LinkRequest> findByLinkId(String linkId);

    /** The request that a link came from, with the link itself if it is still there: both as they were at one moment. */
    @Query(
            "SELECT r.id, r.account_id, r.match_phrase, r.door, r.assistant, r.state, r.changed, r.expires_at, r.ended_at,"
                    + " l.expires_at AS link_expires_at, l.unsent_until, l.longest_until"
                    + " FROM link_requests r LEFT JOIN magic_links l ON l.id = r.link_id WHERE r.link_id = :linkId")
    Optional<Issued> findIssued(String linkId);

    /**
     * A request and its link, as far as who holds the link may learn of them.
     *
     * @param accountId absent for a decoy, and where the account is gone
     * @param linkExpiresAt when the link ends; absent until its mail was accepted
     * @param unsentUntil when it ends if that never happens; absent when the link is gone
     * @param longestUntil when it ends at the latest; absent until its life has begun
     */
    @MappedEntity
    record Issued(
            @StoredAsText UUID id,
            @Nullable @StoredAsText UUID accountId,
            String matchPhrase,
            Caller.Door door,
            @Nullable String assistant,
            LinkState state,
            @Nullable String changed,
            @Nullable @TypeDef(type = DataType.TIMESTAMP) Instant expiresAt,
            @Nullable @TypeDef(type = DataType.TIMESTAMP) Instant endedAt,
            @Nullable @TypeDef(type = DataType.TIMESTAMP) Instant linkExpiresAt,
            @Nullable @TypeDef(type = DataType.TIMESTAMP) Instant unsentUntil,
            @Nullable @TypeDef(type = DataType.TIMESTAMP) Instant longestUntil) {

        /** When the link ends; empty when it is gone, used or withdrawn. */
        Optional<Instant> linkEnd() {
            return state.isOver()
                    ? Optional.empty()
                    : Optional.ofNullable(linkExpiresAt == null ? unsentUntil : linkExpiresAt);
        }

        Provenance provenance() {
            return new Provenance(door, assistant, matchPhrase);
        }

        /** Whether nobody is known to have looked through it. */
        boolean isUntouched() {
            return state == LinkState.QUEUED || state == LinkState.SENT;
        }
    }

    /** What the mail of a request is written from. */
    @Query("SELECT r.link_id, r.account_id, r.purpose, r.match_phrase, r.door, r.assistant, r.created_at, l.expires_at,"
            + " l.unsent_until FROM link_requests r LEFT JOIN magic_links l ON l.request_id = r.id WHERE r.id = :id")
    Optional<Mailed> findMailed(@StoredAsText UUID id);

    /**
     * A request and its link, as far as a mail is about them.
     *
     * @param accountId absent for a decoy
     * @param expiresAt when the link ends; absent while its mail was never accepted
     * @param unsentUntil when it ends if that never happens; absent when the link is gone
     */
    @MappedEntity
    record Mailed(
            String linkId,
            @Nullable @StoredAsText UUID accountId,
            LinkPurpose purpose,
            String matchPhrase,
            Caller.Door door,
            @Nullable String assistant,
            @TypeDef(type = DataType.TIMESTAMP) Instant createdAt,
            @Nullable @TypeDef(type = DataType.TIMESTAMP) Instant expiresAt,
            @Nullable @TypeDef(type = DataType.TIMESTAMP) Instant unsentUntil) {

        boolean openAt(Instant now) {
            Instant end = expiresAt == null ? unsentUntil : expiresAt;
            return end != null && end.isAfter(now);
        }

        /** Whether the link was never sent in time, and another may be. */
        boolean outdatedAt(Instant now) {
            return unsentUntil != null && expiresAt == null && !openAt(now);
        }
    }

    /** When the newest requests for somebody were made, newest first. */
    @Query("SELECT created_at FROM link_requests WHERE created_hour IN (:first, :first + 1, :first + 2)"
            + " AND subject_digest = :subjectDigest"
            + " AND created_at > :since AND created_at <= :until ORDER BY created_at DESC LIMIT :most")
    List<Instant> newestOf(String subjectDigest, long first, Instant since, Instant until, int most);

    /** When the newest requests that mailed to an account were made, newest first. */
    @Query("SELECT created_at FROM link_requests WHERE created_hour IN (:first, :first + 1, :first + 2)"
            + " AND account_id = :accountId"
            + " AND created_at > :since AND created_at <= :until ORDER BY created_at DESC LIMIT :most")
    List<Instant> newestOf(@StoredAsText UUID accountId, long first, Instant since, Instant until, int most);

    /**
     * The requests that mailed to an account, newest first.
     *
     * @param hours in which they may lie; the index begins with them, and the order, so that few of many are read
     * @param at of the request before which they were made; of those of the same moment the id decides
     */
    @Query("SELECT * FROM link_requests WHERE created_hour IN (:hours) AND account_id = :accountId"
            + " AND created_at >= :since AND (created_at < :at OR (created_at = :at AND id < :id))"
            + " ORDER BY created_hour DESC, created_at DESC, id DESC LIMIT :most")
    List<LinkRequest> newestBefore(
            @StoredAsText UUID accountId, List<Long> hours, Instant since, Instant at, @StoredAsText UUID id, int most);

    /** The mail was accepted: the link's lifetime starts. A link that was opened before we heard of it stays opened. */
    @Query("UPDATE link_requests SET expires_at = :expiresAt, ended_at = NULL,"
            + " state = CASE WHEN state = 'OPENED' THEN state ELSE 'SENT' END"
            + " WHERE id = :id AND state IN ('QUEUED', 'OPENED', 'UNDELIVERABLE')")
    int markSent(@StoredAsText UUID id, Instant expiresAt);

    /** The mail was given up. Somebody may have opened the link of a copy that the mail server passed on all the same. */
    @Query("UPDATE link_requests SET expires_at = :expiresAt,"
            + " ended_at = CASE WHEN state = 'QUEUED' THEN :at ELSE ended_at END,"
            + " state = CASE WHEN state = 'QUEUED' THEN 'UNDELIVERABLE' ELSE state END"
            + " WHERE id = :id AND state IN ('QUEUED', 'OPENED')")
    int markUndeliverable(@StoredAsText UUID id, Instant at, Instant expiresAt);

    /** The mail goes out again, with another link; when it was found undeliverable stays known. */
    @Query("UPDATE link_requests SET state = 'QUEUED', link_id = :linkId, expires_at = NULL"
            + " WHERE id = :id AND state IN ('QUEUED', 'OPENED', 'UNDELIVERABLE')")
    int markQueuedAgain(@StoredAsText UUID id, String linkId);

    @Query("UPDATE link_requests SET state = 'OPENED' WHERE id = :id AND state IN ('QUEUED', 'SENT')")
    int markOpened(@StoredAsText UUID id);

    /** Ends a request whose link was used, and as revoked those of the account's other open links. */
    @Query("""
            UPDATE link_requests SET ended_at = :at,
            state = CASE WHEN id = :id THEN 'SAVED' ELSE 'REVOKED' END,
            changed = CASE WHEN id = :id THEN :changed ELSE changed END
            WHERE id IN (SELECT :id UNION ALL SELECT request_id FROM magic_links WHERE account_id = :accountId
            AND purpose = :purpose AND COALESCE(expires_at, unsent_until) > :at)""")
    int markSaved(@StoredAsText UUID id, String changed, @StoredAsText UUID accountId, LinkPurpose purpose, Instant at);

    /** Ends every request of an account whose link is still there and has time left. */
    @Query("UPDATE link_requests SET state = 'REVOKED', ended_at = :at WHERE id IN"
            + " (SELECT request_id FROM magic_links WHERE account_id = :accountId AND purpose IN (:purposes)"
            + " AND COALESCE(expires_at, unsent_until) > :at)")
    int markRevoked(@StoredAsText UUID accountId, Collection<LinkPurpose> purposes, Instant at);

    /** What was saved with a request was taken back. */
    @Query("UPDATE link_requests SET state = 'UNDONE' WHERE id = :id AND state = 'SAVED'")
    int markUndone(@StoredAsText UUID id);

    /** What an account has open, the newest first. */
    @Query("SELECT r.id, r.purpose, r.match_phrase, r.door, r.assistant, l.created_at,"
            + " COALESCE(l.expires_at, l.unsent_until) AS ends_at"
            + " FROM magic_links l JOIN link_requests r ON r.id = l.request_id"
            + " WHERE l.account_id = :accountId AND COALESCE(l.expires_at, l.unsent_until) > :now ORDER BY l.id DESC")
    List<OpenLinks.OpenLink> findOpen(@StoredAsText UUID accountId, Instant now);

    /** Ends one request of an account whose link is still there and has time left. */
    @Query("UPDATE link_requests SET state = 'REVOKED', ended_at = :at WHERE id = :id AND id IN"
            + " (SELECT request_id FROM magic_links WHERE account_id = :accountId"
            + " AND COALESCE(expires_at, unsent_until) > :at)")
    int markRevoked(@StoredAsText UUID id, @StoredAsText UUID accountId, Instant at);

    /** Ends a request whose link was seen to have run out. */
    @Query("UPDATE link_requests SET state = 'EXPIRED'"
            + " WHERE link_id = :linkId AND state IN ('SENT', 'OPENED') AND expires_at IS NOT NULL")
    int markExpired(String linkId);

    /** Ends a request whose link is taken away, if it has come no further than to one of these states. */
    @Query("UPDATE link_requests SET state = 'REVOKED', ended_at = :at WHERE id = :id AND state IN (:states)")
    int markWithdrawn(@StoredAsText UUID id, Collection<LinkState> states, Instant at);

    /**
     * The requests of an account, and those that were made in one of its names.
     *
     * @param hours in which they may lie; the indexes begin with them
     */
    @Query("SELECT id FROM link_requests WHERE created_hour IN (:hours) AND account_id = :accountId"
            + " UNION SELECT id FROM link_requests WHERE created_hour IN (:hours) AND subject_digest IN (:digests)")
    List<String> idsOf(@StoredAsText UUID accountId, List<String> digests, List<Long> hours);

    /** Those that were made in one name. */
    @Query("SELECT id FROM link_requests WHERE created_hour IN (:hours) AND subject_digest = :digest ORDER BY id")
    List<String> idsNamed(String digest, List<Long> hours);

    /** Takes the name out of one; what counts as its name from then on is its own id. */
    @Query("UPDATE link_requests SET subject_digest = id,"
            + " caller_user = CASE WHEN account_id IS NULL THEN NULL ELSE caller_user END,"
            + " caller_conversation = CASE WHEN account_id IS NULL THEN NULL ELSE caller_conversation END"
            + " WHERE id = :id")
    int forgetName(String id);

    /** Makes them nobody's, and nobody's chat's; what counts as their name from then on is their own id. */
    @Query("UPDATE link_requests SET account_id = NULL, subject_digest = id, caller_user = NULL,"
            + " caller_conversation = NULL WHERE id IN (:ids)")
    int forget(List<String> ids);

    @Override
    default int removeOld(Instant now, int most) {
        return removeBefore(LinkRequest.hourOf(now.minus(KEPT)), most);
    }

    @Query("DELETE FROM link_requests WHERE id IN"
            + " (SELECT id FROM link_requests WHERE created_hour < :hour ORDER BY created_hour LIMIT :most)")
    int removeBefore(long hour, int most);

    /** Row locks on the history of requests; SQLite has no such statement, and needs none. */
    @OnPostgres
    @JdbcRepository(dialect = Dialect.ANSI)
    interface Locked extends GenericRepository<LinkRequest, UUID> {

        /** Locks the requests whose links an account has, always in the same order. */
        @Query("SELECT id FROM link_requests WHERE id IN"
                + " (SELECT request_id FROM magic_links WHERE account_id = :accountId) ORDER BY id FOR UPDATE")
        List<String> allOf(@StoredAsText UUID accountId);
    }
}
