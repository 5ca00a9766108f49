package dev.latchkey.magiclink;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The links that still open something. */
@JdbcRepository(dialect = Dialect.ANSI)
interface MagicLinks extends GenericRepository<MagicLink, String> {
    MagicLink save(MagicLink link);

    Optional<MagicLink> findById(String id);

    Optional<MagicLink> findByRequestId(@TypeDef(type = DataType.STRING) UUID requestId);

    @Query("UPDATE magic_links SET expires_at = :expiresAt WHERE request_id = :requestId")
    int startLifetime(@TypeDef(type = DataType.STRING) UUID requestId, Instant expiresAt);

    /** The mail was given up: a link that was in it ends soon. */
    @Query("UPDATE magic_links SET unsent_until = :end WHERE request_id = :requestId AND unsent_until > :end")
    int endUnsent(@TypeDef(type = DataType.STRING) UUID requestId, Instant end);

    /** Gives a link whose mail was never accepted another id, so that copies of its old mail open nothing. */
    @Query("UPDATE magic_links SET id = :id, unsent_until = :unsentUntil"
            + " WHERE request_id = :requestId AND expires_at IS NULL")
    int renew(@TypeDef(type = DataType.STRING) UUID requestId, String id, Instant unsentUntil);

    /** Takes an open link away; of several that try at once, one sees 1. */
    @Query("DELETE FROM magic_links WHERE id = :id AND COALESCE(expires_at, unsent_until) > :now")
    int claim(String id, Instant now);

    @Query("DELETE FROM magic_links WHERE account_id = :accountId AND purpose = :purpose")
    int deleteOfAccount(@TypeDef(type = DataType.STRING) UUID accountId, LinkPurpose purpose);

    @Query("DELETE FROM magic_links WHERE request_id = :requestId")
    int deleteByRequestId(@TypeDef(type = DataType.STRING) UUID requestId);

    /** Removes a small step of the links whose time ran out; their story stays. */
    @Query("DELETE FROM magic_links WHERE id IN"
            + " (SELECT id FROM magic_links WHERE expires_at <= :now ORDER BY expires_at LIMIT :most)")
    int deleteExpired(Instant now, int most);
}
