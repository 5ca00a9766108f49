package dev.latchkey.membership.leaving;

import dev.latchkey.account.AccountLock;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.config.SessionSettings;
import dev.latchkey.database.OldRows;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Erases closed accounts that nobody took back in time. Several nodes may do so at once: the account's lock lets one of
 * them go first, and the others find nothing. A clock that is wrong for a moment costs nobody their account, see {@link
 * dev.latchkey.database.Cleaning}.
 */
@Singleton
final class ClosedAccounts implements OldRows {
    private final Closures closures;
    private final AccountLock lock;
    private final Erasure erasure;
    private final TransactionOperations<Connection> transactions;
    private final Duration grace;

    ClosedAccounts(
            Closures closures,
            AccountLock lock,
            Erasure erasure,
            TransactionOperations<Connection> transactions,
            SessionSettings settings) {
        this.closures = closures;
        this.lock = lock;
        this.erasure = erasure;
        this.transactions = transactions;
        this.grace = settings.deletionGrace();
    }

    /** Much hangs on each. */
    @Override
    public int step() {
        return 5;
    }

    @Override
    public int removeOld(Instant now, int most) {
        List<String> due = closures.findDue(now, most);
        if (!due.isEmpty()) {
            transactions
                    .executeWrite(status -> due.stream()
                            .flatMap(id -> end(UUID.fromString(id), now).stream())
                            .toList())
                    .forEach(photos -> erasure.finish(photos, Erasure.Cause.OWNER));
        }
        return due.size();
    }

    /** What {@link Erasure#finish} needs; empty where the account stays. */
    private Optional<List<String>> end(UUID id, Instant now) {
        return lock.lock(id).flatMap(account -> {
            Closures.Closure closure = closures.find(id)
                    .filter(found -> !found.eraseAt().isAfter(now))
                    .orElse(null);
            if (closure == null) {
                return Optional.empty();
            }
            if (closure.keptAt() != null) {
                closures.remove(id);
                return Optional.empty();
            }
            if (account.status() != AccountStatus.CLOSED) {
                // Blocked meanwhile: what an operator wants to keep from its owner stays.
                closures.postpone(id, now.plus(grace));
                return Optional.empty();
            }
            return Optional.of(erasure.erase(account));
        });
    }
}
