package dev.latchkey.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** Row locks on accounts; SQLite has no such statement. */
@JdbcRepository(dialect = Dialect.ANSI)
interface LockedAccounts extends GenericRepository<Account, UUID> {

    @Query("SELECT * FROM accounts WHERE id = :id FOR UPDATE")
    Optional<Account> lock(@TypeDef(type = DataType.STRING) UUID id);
}
