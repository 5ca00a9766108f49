package dev.latchkey.oauth.client;

import dev.latchkey.database.OldRows;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The clients that registered themselves. */
@JdbcRepository(dialect = Dialect.ANSI)
interface RegisteredClients extends GenericRepository<RegisteredClients.Row, String>, OldRows {
    Row save(Row client);

    Optional<Row> findById(String id);

    @Query("UPDATE oauth_clients SET expires_at = :until WHERE id = :id AND expires_at < :before")
    int keep(String id, Instant until, Instant before);

    @Override
    default int removeOld(Instant now, int most) {
        return removeBefore(now, most);
    }

    @Query("DELETE FROM oauth_clients WHERE id IN"
            + " (SELECT id FROM oauth_clients WHERE expires_at < :before ORDER BY expires_at LIMIT :most)")
    int removeBefore(Instant before, int most);

    /**
     * A registered client.
     *
     * @param redirectUris a JSON list
     * @param expiresAt when it is forgotten, unless it is used before
     */
    @MappedEntity("oauth_clients")
    record Row(@Id String id, @Nullable String name, String redirectUris, Instant createdAt, Instant expiresAt) {}
}
