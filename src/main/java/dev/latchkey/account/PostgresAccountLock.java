package dev.latchkey.account;

import dev.latchkey.database.OnPostgres;
import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** On PostgreSQL the row of the account is locked; SQLite has no such statement. */
@OnPostgres
@JdbcRepository(dialect = Dialect.ANSI)
interface PostgresAccountLock extends GenericRepository<Account, UUID>, AccountLock {

    @Override
    @Query("SELECT * FROM accounts WHERE id = :id FOR UPDATE")
    Optional<Account> lock(@StoredAsText UUID id);

    @Override
    @Query("SELECT * FROM accounts WHERE email = :email FOR UPDATE")
    Optional<Account> lockByEmail(
            @TypeDef(type = DataType.STRING, converter = EmailAddressConverter.class) EmailAddress email);

    @Override
    @Query("SELECT * FROM accounts WHERE pin = :pin FOR UPDATE")
    Optional<Account> lockByPin(int pin);
}
