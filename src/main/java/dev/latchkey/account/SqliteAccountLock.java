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
    public Optional<Account> lock(UUID accountId) {
        return accounts.findById(accountId);
    }
}
