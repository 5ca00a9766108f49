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

/** The sessions of the session-key API. */
@JdbcRepository(dialect = Dialect.ANSI)
interface SessionKeys extends GenericRepository<SessionKey, String>, OldRows {
    SessionKey save(SessionKey key);

    Optional<SessionKey> findById(String digest);

    @Query("DELETE FROM session_keys WHERE digest = :digest")
    int remove(String digest);

    @Query("DELETE FROM session_keys WHERE account_id = :accountId")
    int removeAllOf(@TypeDef(type = DataType.STRING) UUID accountId);

    @Override
    @Query("DELETE FROM session_keys WHERE digest IN"
            + " (SELECT digest FROM session_keys WHERE expires_at <= :now ORDER BY expires_at LIMIT :most)")
    int removeOld(Instant now, int most);
}
