package dev.latchkey.membership;

import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.ClockWatch;
import dev.latchkey.config.SessionSettings;
import dev.latchkey.magiclink.LinkClaims;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes accounts that somebody signed up for, nobody confirmed and nobody used for a while, with all that hangs on
 * them: anybody can sign up with anybody's address, and such accounts would stay for ever. Photos go with the next sweep.
 *
 * <p>Signing in and asking for a link count as use, so nothing is removed under somebody's feet. Whoever proved the
 * mailbox, confirmed in the session-key API or was imported stays; so does whoever is blocked, else a new account would
 * be the way around the block. Several nodes may clean at once.
 */
@Singleton
class UnconfirmedAccounts {
    private static final Logger LOG = LoggerFactory.getLogger(UnconfirmedAccounts.class);

    /** Accounts removed in one transaction: few enough that nobody waits long for it. */
    private static final int STEP = 20;

    private final Accounts accounts;
    private final AccountLock lock;
    private final LinkClaims links;
    private final TransactionOperations<Connection> transactions;
    private final Duration lifetime;
    private final ClockWatch watch;
    private final Clock clock;

    UnconfirmedAccounts(
            Accounts accounts,
            AccountLock lock,
            LinkClaims links,
            TransactionOperations<Connection> transactions,
            SessionSettings settings,
            ClockWatch watch,
            Clock clock) {
        this.accounts = accounts;
        this.lock = lock;
        this.links = links;
        this.transactions = transactions;
        this.lifetime = settings.unconfirmedLifetime();
        this.watch = watch;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "10s", fixedDelay = "30s")
    void removeRegularly() {
        if (!watch.isSteady()) {
            // A clock that is wrong for a moment must not cost anybody their account.
            return;
        }
        try {
            remove();
        } catch (RuntimeException e) {
            LOG.warn("Accounts that nobody confirmed could not be removed; the next round tries again", e);
        }
    }

    /** Goes over everything once. */
    void remove() {
        Instant before = clock.instant().minus(lifetime);
        List<String> step;
        do {
            step = accounts.findUnconfirmed(before, STEP);
            if (!step.isEmpty()) {
                removeAll(step.stream().map(UUID::fromString).toList(), before);
            }
        } while (step.size() == STEP);
    }

    private void removeAll(List<UUID> ids, Instant before) {
        transactions.executeWrite(status -> {
            ids.forEach(id -> remove(id, before));
            return ids;
        });
    }

    private void remove(UUID id, Instant before) {
        if (lock.lock(id).isPresent() && accounts.countUnconfirmed(id, before) == 1) {
            links.forget(id);
            accounts.remove(id);
        }
    }
}
