package dev.latchkey.account;

import dev.latchkey.database.OnPostgres;
import dev.latchkey.database.OnSqlite;
import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes transactions about one account follow each other. The one thing that the two databases say differently.
 *
 * <p>Each returns when no other transaction holds the account, and holds it until the running transaction ends: the
 * account as it is now, or empty when there is none, perhaps no more.
 */
public interface AccountLock {
    Optional<Account> lock(UUID id);

    Optional<Account> lockByEmail(EmailAddress email);

    Optional<Account> lockByPin(int pin);

    /** On SQLite every writing transaction is alone from its first statement, so looking is enough. */
    @Singleton
    @OnSqlite
    record ByTurn(Accounts accounts) implements AccountLock {

        @Override
        public Optional<Account> lock(UUID id) {
            return accounts.findById(id);
        }

        @Override
        public Optional<Account> lockByEmail(EmailAddress email) {
            return accounts.findByEmail(email);
        }

        @Override
        public Optional<Account> lockByPin(int pin) {
            return accounts.findByPin(pin);
        }
    }

    /** On PostgreSQL the row of the account is locked; SQLite has no such statement. */
    @OnPostgres
    @JdbcRepository(dialect = Dialect.ANSI)
    interface ByRow extends GenericRepository<Account, UUID>, AccountLock {

        @Override
        @Query("SELECT * FROM accounts WHERE id = :id FOR UPDATE")
        Optional<Account> lock(@StoredAsText UUID id);

        @Override
        @Query("SELECT * FROM accounts WHERE email = :email FOR UPDATE")
        Optional<Account> lockByEmail(
                @TypeDef(type = DataType.STRING, converter = EmailAddress.Stored.class) EmailAddress email);

        @Override
        @Query("SELECT * FROM accounts WHERE pin = :pin FOR UPDATE")
        Optional<Account> lockByPin(int pin);
    }
}
