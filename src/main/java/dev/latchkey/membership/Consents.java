package dev.latchkey.membership;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Who agreed to which terms. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface Consents extends GenericRepository<Consents.Consent, UUID> {
    Consent save(Consent consent);

    /** For its owner to read. */
    Optional<Consent> findById(@StoredAsText UUID accountId);

    /** Somebody agreed to the terms, as an assistant tells it. */
    @MappedEntity("consents")
    record Consent(@Id @StoredAsText UUID accountId, String termsVersion, Instant givenAt) {}
}
