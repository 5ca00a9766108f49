package dev.latchkey.account;

import dev.latchkey.database.OnPostgres;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** On PostgreSQL the row of the account is locked. */
@Singleton
@OnPostgres
final class PostgresAccountLock implements AccountLock {
    private final LockedAccounts accounts;

    PostgresAccountLock(LockedAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Optional<Account> lock(UUID accountId) {
        return accounts.lock(accountId);
    }
}
