package dev.latchkey.membership;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** Who agreed to which terms. */
@JdbcRepository(dialect = Dialect.ANSI)
interface Consents extends GenericRepository<Consent, UUID> {
    Consent save(Consent consent);

    @Query("SELECT * FROM consents WHERE account_id = :accountId")
    Optional<Consent> find(@TypeDef(type = DataType.STRING) UUID accountId);
}
