package dev.latchkey.account;

import dev.latchkey.config.OnPostgres;
import jakarta.inject.Singleton;
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
    public void lock(UUID accountId) {
        accounts.lock(accountId);
    }
}
