package dev.latchkey.oauth;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the sessions of assistants are for; each goes with its session. */
@JdbcRepository(dialect = Dialect.ANSI)
interface GrantRows extends GenericRepository<GrantRows.Row, String> {
    Row save(Row grant);

    Optional<Row> findById(String id);

    /** Exchanges what is of one generation; of several that try at once, one sees 1. */
    @Query("UPDATE grants SET generation = generation + 1 WHERE id = :id AND generation = :generation")
    int exchange(String id, int generation);

    /**
     * A grant.
     *
     * @param id of its session
     * @param scope what its owner allowed, as the protocol spells it
     * @param generation how often it was exchanged: 0 while its code was not
     */
    @MappedEntity("grants")
    record Row(
            @Id String id,
            String clientId,
            String clientHost,
            @Nullable String clientName,
            String scope,
            String redirectUri,
            String codeChallenge,
            int generation) {}
}
