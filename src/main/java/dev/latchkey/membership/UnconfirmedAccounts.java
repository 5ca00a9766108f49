package dev.latchkey.membership;

import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.SessionSettings;
import dev.latchkey.database.OldRows;
import dev.latchkey.magiclink.LinkClaims;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Removes accounts that somebody signed up for, nobody confirmed and nobody used for a while, with all that hangs on
 * them: anybody can sign up with anybody's address, and such accounts would stay for ever. Photos go with the next sweep.
 *
 * <p>Signing in and asking for a link count as use, so nothing is removed under somebody's feet. Whoever proved the
 * mailbox, confirmed in the session-key API or was imported stays; so does whoever is blocked, else a new account would
 * be the way around the block. Several nodes may clean at once.
 */
@Singleton
final class UnconfirmedAccounts implements OldRows {
    private final Accounts accounts;
    private final AccountLock lock;
    private final LinkClaims links;
    private final TransactionOperations<Connection> transactions;
    private final Duration lifetime;

    UnconfirmedAccounts(
            Accounts accounts,
            AccountLock lock,
            LinkClaims links,
            TransactionOperations<Connection> transactions,
            SessionSettings settings) {
        this.accounts = accounts;
        this.lock = lock;
        this.links = links;
        this.transactions = transactions;
        this.lifetime = settings.unconfirmedLifetime();
    }

    /** Much hangs on each. */
    @Override
    public int step() {
        return 20;
    }

    @Override
    public int removeOld(Instant now, int most) {
        Instant before = now.minus(lifetime);
        List<String> step = accounts.findUnconfirmed(before, most);
        if (!step.isEmpty()) {
            transactions.executeWrite(status -> {
                step.forEach(id -> remove(UUID.fromString(id), before));
                return step;
            });
        }
        return step.size();
    }

    private void remove(UUID id, Instant before) {
        if (lock.lock(id).isPresent() && accounts.countUnconfirmed(id, before) == 1) {
            links.forget(id);
            accounts.remove(id);
        }
    }
}
