package dev.latchkey.magiclink;

import dev.latchkey.database.OldRows;
import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** The links that still open something. */
@JdbcRepository(dialect = Dialect.ANSI)
interface MagicLinks extends GenericRepository<MagicLink, String>, OldRows {
    MagicLink save(MagicLink link);

    Optional<MagicLink> findById(String id);

    @Query(
            "UPDATE magic_links SET expires_at = :expiresAt, longest_until = :longestUntil WHERE request_id = :requestId")
    int startLifetime(@StoredAsText UUID requestId, Instant expiresAt, Instant longestUntil);

    /** The mail was given up: a link that was in it ends soon. */
    @Query("UPDATE magic_links SET unsent_until = :end, longest_until = :longestUntil"
            + " WHERE request_id = :requestId AND unsent_until > :end")
    int endUnsent(@StoredAsText UUID requestId, Instant end, Instant longestUntil);

    /** Tells with its request that an open link will end later; whoever asked for that has looked through it. */
    @Query("UPDATE link_requests SET expires_at = :end, state = CASE WHEN state = 'SENT' THEN 'OPENED' ELSE state END"
            + " WHERE id = :requestId AND state IN ('SENT', 'OPENED', 'UNDELIVERABLE') AND id IN"
            + " (SELECT request_id FROM magic_links WHERE id = :id"
            + " AND COALESCE(expires_at, unsent_until) = :seen AND COALESCE(expires_at, unsent_until) > :now)")
    int prolongRequest(@StoredAsText UUID requestId, String id, Instant seen, Instant end, Instant now);

    /** Moves the end of an open link; of several that saw the same end, one sees 1. */
    @Query("UPDATE magic_links SET expires_at = CASE WHEN expires_at IS NULL THEN expires_at ELSE :end END,"
            + " unsent_until = CASE WHEN expires_at IS NULL THEN :end ELSE unsent_until END"
            + " WHERE id = :id AND COALESCE(expires_at, unsent_until) = :seen"
            + " AND COALESCE(expires_at, unsent_until) > :now")
    int prolong(String id, Instant seen, Instant end, Instant now);

    /** Gives a link whose mail was never accepted another id, so that copies of its old mail open nothing. */
    @Query("UPDATE magic_links SET id = :id, unsent_until = :unsentUntil, longest_until = NULL"
            + " WHERE request_id = :requestId AND expires_at IS NULL")
    int renew(@StoredAsText UUID requestId, String id, Instant unsentUntil);

    /** Takes an open link away; of several that try at once, one sees 1. */
    @Query("DELETE FROM magic_links WHERE id = :id AND COALESCE(expires_at, unsent_until) > :now")
    int claim(String id, Instant now);

    /** The same for decoys alone. */
    @Query(
            "DELETE FROM magic_links WHERE id = :id AND account_id IS NULL AND COALESCE(expires_at, unsent_until) > :now")
    int claimDecoy(String id, Instant now);

    /** Takes away what an account can still open; what ran out is left to the clean-up, which would be in the way. */
    @Query("DELETE FROM magic_links WHERE account_id = :accountId AND purpose IN (:purposes)"
            + " AND (expires_at IS NULL OR expires_at > :now)")
    int deleteOpenOf(@StoredAsText UUID accountId, Collection<LinkPurpose> purposes, Instant now);

    @Query("DELETE FROM magic_links WHERE request_id = :requestId")
    int deleteByRequestId(@StoredAsText UUID requestId);

    /** Removes a link that was sent. */
    @Query("DELETE FROM magic_links WHERE id = :id AND expires_at IS NOT NULL")
    int deleteSent(String id);

    /** Ends a link whose mail was never accepted; the row stays, as the mail may be sent again with another id. */
    @Query("UPDATE magic_links SET unsent_until = created_at WHERE id = :id AND expires_at IS NULL")
    int endUnsentNow(String id);

    /** The same for all that had ended by a time. */
    @Query("UPDATE magic_links SET unsent_until = created_at WHERE expires_at IS NULL AND unsent_until <= :by")
    int endUnsentBy(Instant by);

    /** Ends as revoked every request that could still come to something, and with it what is not yet sent. */
    @Query("UPDATE link_requests SET state = 'REVOKED', ended_at = :at WHERE state = 'QUEUED'"
            + " OR (state IN ('SENT', 'OPENED') AND id IN (SELECT request_id FROM magic_links"
            + " WHERE COALESCE(expires_at, unsent_until) > :at))")
    int revokeAllRequests(Instant at);

    @Query("DELETE FROM magic_links")
    int deleteAll();

    /** One of the links whose time ran out. */
    @Query("SELECT id FROM magic_links WHERE expires_at <= :now LIMIT 1")
    Optional<String> anyExpired(Instant now);

    /** Those whose time ran out; their history stays. */
    @Override
    @Query("DELETE FROM magic_links WHERE id IN"
            + " (SELECT id FROM magic_links WHERE expires_at <= :now ORDER BY expires_at LIMIT :most)")
    int removeOld(Instant now, int most);
}
