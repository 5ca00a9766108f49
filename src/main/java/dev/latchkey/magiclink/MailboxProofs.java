package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.session.Sessions;
import dev.latchkey.webhook.Event;
import dev.latchkey.webhook.EventType;
import dev.latchkey.webhook.Events;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whoever proves the mailbox owns the account. Until the first proof, anybody may have signed up with somebody else's
 * address and be waiting; so passphrase, sessions and tokens from before it die, unless the owner sets a passphrase or
 * says in that very step that it is theirs.
 */
@Singleton
public class MailboxProofs {
    private final Accounts accounts;
    private final Sessions sessions;
    private final LinkClaims claims;
    private final Events events;
    private final Clock clock;

    MailboxProofs(Accounts accounts, Sessions sessions, LinkClaims claims, Events events, Clock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.claims = claims;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Records, inside the transaction of what an emailed link does, that its owner did it.
     *
     * @param account as it is in this transaction
     * @param newHash of the passphrase that the owner set with the link; absent when they set none
     * @param keep whether the owner said that the passphrase in use is theirs
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Account account, @Nullable String newHash, boolean keep) {
        Instant now = clock.instant();
        if (account.undeliverable()) {
            accounts.markDeliverable(account.id(), now);
        }
        boolean first = !account.verified() && accounts.markVerified(account.id(), now) == 1;
        if (newHash != null || (first && !keep)) {
            accounts.updatePassphraseHash(account.id(), newHash);
            sessions.endAll(account.id());
        }
        if (first) {
            claims.revokeAll(account.id(), LinkPurpose.CONFIRM_EMAIL);
            events.tell(() -> List.of(Event.of(EventType.ACCOUNT_VERIFIED, account.id(), account.pin())));
        }
    }
}
