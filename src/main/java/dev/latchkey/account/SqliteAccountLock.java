package dev.latchkey.account;

import dev.latchkey.database.OnSqlite;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** On SQLite every writing transaction is alone from its first statement, so looking is enough. */
@Singleton
@OnSqlite
final class SqliteAccountLock implements AccountLock {
    private final Accounts accounts;

    SqliteAccountLock(Accounts accounts) {
        this.accounts = accounts;
    }

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
