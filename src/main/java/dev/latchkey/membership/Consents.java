package dev.latchkey.membership;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.UUID;

/** Who agreed to which terms. */
@JdbcRepository(dialect = Dialect.ANSI)
interface Consents extends GenericRepository<Consent, UUID> {
    Consent save(Consent consent);
}
