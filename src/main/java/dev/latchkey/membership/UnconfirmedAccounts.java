package dev.latchkey.membership;

import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.SessionSettings;
import dev.latchkey.database.OldRows;
import dev.latchkey.membership.leaving.Erasure;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Removes accounts that somebody signed up for, nobody confirmed and nobody used for a while, with all that hangs on
 * them: anybody can sign up with anybody's address, and such accounts would stay for ever.
 *
 * <p>Signing in and asking for a link count as use, so nothing is removed under somebody's feet. Whoever proved the
 * mailbox, confirmed in the session-key API or was imported stays; so does whoever is blocked, else a new account would
 * be the way around the block. Several nodes may clean at once.
 */
@Singleton
final class UnconfirmedAccounts implements OldRows {
    private final Accounts accounts;
    private final AccountLock lock;
    private final Erasure erasure;
    private final TransactionOperations<Connection> transactions;
    private final Duration lifetime;

    UnconfirmedAccounts(
            Accounts accounts,
            AccountLock lock,
            Erasure erasure,
            TransactionOperations<Connection> transactions,
            SessionSettings settings) {
        this.accounts = accounts;
        this.lock = lock;
        this.erasure = erasure;
        this.transactions = transactions;
        this.lifetime = settings.unconfirmedLifetime();
    }

    /** Much hangs on each. */
    @Override
    public int step() {
        return 5;
    }

    @Override
    public int removeOld(Instant now, int most) {
        Instant before = now.minus(lifetime);
        List<String> step = accounts.findUnconfirmed(before, most);
        if (!step.isEmpty()) {
            transactions
                    .executeWrite(status -> step.stream()
                            .flatMap(id -> erase(UUID.fromString(id), before).stream())
                            .toList())
                    .forEach(photos -> erasure.finish(photos, Erasure.Cause.NEGLECT));
        }
        return step.size();
    }

    private Optional<List<String>> erase(UUID id, Instant before) {
        return lock.lock(id)
                .filter(locked -> accounts.countUnconfirmed(id, before) == 1)
                .map(erasure::erase);
    }
}
