package dev.latchkey.account;

import dev.latchkey.config.OnSqlite;
import jakarta.inject.Singleton;
import java.util.UUID;

/** On SQLite every writing transaction is alone from its first statement. */
@Singleton
@OnSqlite
final class SqliteAccountLock implements AccountLock {

    @Override
    public void lock(UUID accountId) {
        // Held already.
    }
}
