package dev.latchkey.contact;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Keeps contacts, and confirms registrations. */
@Singleton
public class ContactService {
    private static final LinkPurpose PURPOSE = LinkPurpose.CONFIRM_REGISTRATION;

    private final Contacts contacts;
    private final AccountLock lock;
    private final Accounts accounts;
    private final LinkInspector inspector;
    private final LinkClaims claims;
    private final Commits commits;
    private final Clock clock;

    ContactService(
            Contacts contacts,
            AccountLock lock,
            Accounts accounts,
            LinkInspector inspector,
            LinkClaims claims,
            Commits commits,
            Clock clock) {
        this.contacts = contacts;
        this.lock = lock;
        this.accounts = accounts;
        this.inspector = inspector;
        this.claims = claims;
        this.commits = commits;
        this.clock = clock;
    }

    /** How to reach the owner of an account. */
    public Contact of(UUID accountId) {
        return contacts.find(accountId).orElseGet(() -> Contact.none(accountId));
    }

    /** Whether somebody may sign in: they confirmed the registration, or proved the mailbox elsewhere. */
    public boolean isConfirmed(Account account) {
        return account.verified() || of(account.id()).confirmedAt() != null;
    }

    /**
     * Changes a contact.
     *
     * @return false when the account was deleted or blocked meanwhile
     */
    @Transactional
    public boolean change(UUID accountId, UnaryOperator<Contact> change) {
        if (lock.lock(accountId).filter(Account::usable).isEmpty()) {
            return false;
        }
        boolean there = contacts.find(accountId).isPresent();
        Contact changed = change.apply(of(accountId));
        if (there) {
            contacts.update(changed);
        } else {
            contacts.save(changed);
        }
        return true;
    }

    /** Whether a token would confirm a registration now. */
    public boolean opens(String token) {
        return inspector.inspect(token, PURPOSE) instanceof Inspection.Open || inspector.isDecoy(token, PURPOSE);
    }

    /**
     * Confirms a registration, and consumes the token with it.
     *
     * @return false when the token opens nothing
     */
    public boolean confirm(String token) {
        if (!(inspector.inspect(token, PURPOSE) instanceof Inspection.Open link)) {
            return claims.claimDecoy(token, PURPOSE);
        }
        Instant now = clock.instant();
        return commits.write(
                OutcomeUnknown.Doing.USE_LINK, status -> confirm(link, now), confirmed -> claims.endedAt(link, now));
    }

    /** The account is locked before its link is taken, as everywhere: a deletion does so, too. */
    private boolean confirm(Inspection.Open link, Instant now) {
        lock.lock(link.accountId());
        if (!claims.claim(link)) {
            return false;
        }
        claims.finish(link, PURPOSE, List.of("registration"), now);
        accounts.markConfirmed(link.accountId());
        return change(link.accountId(), contact -> contact.confirmedAt(now));
    }
}
