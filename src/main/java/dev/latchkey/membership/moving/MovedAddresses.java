package dev.latchkey.membership.moving;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Restorable;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.session.SignInService;
import dev.latchkey.webhook.Event;
import dev.latchkey.webhook.EventType;
import dev.latchkey.webhook.Events;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the address of an account, there and back again. What was mailed to the one that is left opens nothing more. */
@Singleton
class MovedAddresses implements Restorable {
    private final Accounts accounts;
    private final EmailMoves moves;
    private final ChangeLog changes;
    private final LinkClaims links;
    private final SignInService signIns;
    private final Events events;
    private final Clock clock;

    MovedAddresses(
            Accounts accounts,
            EmailMoves moves,
            ChangeLog changes,
            LinkClaims links,
            SignInService signIns,
            Events events,
            Clock clock) {
        this.accounts = accounts;
        this.moves = moves;
        this.changes = changes;
        this.links = links;
        this.signIns = signIns;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Gives a locked account another address.
     *
     * @param verifiedAt since when the owner is known to have that mailbox; absent where nobody proved it
     * @return false when the address is held for somebody who gave it up lately; then everything is to be undone
     */
    boolean move(Account locked, EmailAddress to, @Nullable Instant verifiedAt) {
        accounts.move(locked.id(), to, verifiedAt, clock.instant());
        // Asked only now, so that whoever gives the address up at this moment has either done so or waits for us.
        if (changes.holdsEmail(to, locked.id())) {
            return false;
        }
        links.revokeAll(locked.id());
        links.forget(locked.email());
        signIns.forget(locked.email());
        if (!locked.verified() && verifiedAt != null) {
            events.tell(() -> List.of(Event.of(EventType.ACCOUNT_VERIFIED, locked.id(), locked.pin())));
        }
        return true;
    }

    @Override
    public Set<String> keys() {
        return Set.of(ChangeLog.EMAIL, ChangeLog.NEW_EMAIL);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<String, String> restore(Account locked, Map<String, String> before) {
        Map<String, String> until = new HashMap<>();
        if (before.containsKey(ChangeLog.NEW_EMAIL)) {
            until.put(
                    ChangeLog.NEW_EMAIL,
                    moves.findOpen(locked.id()).map(EmailMove::email).orElse(""));
        }
        // Whoever made the change may have asked for the next one.
        moves.revokeOpen(locked.id(), clock.instant());
        String address = before.get(ChangeLog.EMAIL);
        if (address != null) {
            until.put(ChangeLog.EMAIL, locked.email().value());
            restore(locked, new EmailAddress(address));
        }
        return until;
    }

    /** It was held for the account as long as it can come back. */
    private void restore(Account locked, EmailAddress address) {
        if (!locked.email().equals(address)) {
            Instant verifiedAt = moves.findLastFrom(locked.id(), address.value())
                    .map(EmailMove::leftVerifiedAt)
                    .orElse(null);
            move(locked, address, verifiedAt);
        }
    }
}
