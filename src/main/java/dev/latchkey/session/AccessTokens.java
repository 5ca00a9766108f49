package dev.latchkey.session;

import dev.latchkey.database.OldRows;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The bearer tokens that are still good. */
@JdbcRepository(dialect = Dialect.ANSI)
interface AccessTokens extends GenericRepository<AccessToken, UUID>, OldRows {
    AccessToken save(AccessToken token);

    Optional<AccessToken> findById(@TypeDef(type = DataType.STRING) UUID id);

    @Query("DELETE FROM access_tokens WHERE id = :id")
    int remove(@TypeDef(type = DataType.STRING) UUID id);

    @Query("DELETE FROM access_tokens WHERE account_id = :accountId")
    int removeAllOf(@TypeDef(type = DataType.STRING) UUID accountId);

    @Query("DELETE FROM access_tokens WHERE account_id = :accountId AND id <> :kept")
    int removeOthersOf(@TypeDef(type = DataType.STRING) UUID accountId, @TypeDef(type = DataType.STRING) UUID kept);

    @Override
    @Query("DELETE FROM access_tokens WHERE id IN"
            + " (SELECT id FROM access_tokens WHERE expires_at <= :now ORDER BY expires_at LIMIT :most)")
    int removeOld(Instant now, int most);
}
