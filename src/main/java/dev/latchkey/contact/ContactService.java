package dev.latchkey.contact;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.history.Restorable;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps contacts, and confirms registrations. */
@Singleton
public class ContactService implements Restorable {
    private static final LinkPurpose PURPOSE = LinkPurpose.CONFIRM_REGISTRATION;

    private final Contacts contacts;
    private final AccountLock lock;
    private final Accounts accounts;
    private final LinkInspector inspector;
    private final LinkClaims claims;
    private final ChangeLog log;
    private final Commits commits;
    private final Clock clock;

    ContactService(
            Contacts contacts,
            AccountLock lock,
            Accounts accounts,
            LinkInspector inspector,
            LinkClaims claims,
            ChangeLog log,
            Commits commits,
            Clock clock) {
        this.contacts = contacts;
        this.lock = lock;
        this.accounts = accounts;
        this.inspector = inspector;
        this.claims = claims;
        this.log = log;
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
     * Changes what is named; null clears it.
     *
     * @return false when the account was deleted or blocked meanwhile
     */
    @Transactional
    public boolean change(UUID accountId, Map<ContactField, @Nullable String> changes) {
        Account account = lock.lock(accountId).filter(Account::usable).orElse(null);
        if (account == null) {
            return false;
        }
        Optional<Contact> stored = contacts.find(accountId);
        Contact before = stored.orElseGet(() -> Contact.none(accountId));
        Contact after = before.with(changes);
        contacts.put(stored, after);
        Set<ContactField> different = before.difference(after);
        if (!different.isEmpty()) {
            log.record(
                    accountId,
                    account.told(),
                    Origin.of(Door.SESSION_KEY_API),
                    before.values(different),
                    after.values(different));
        }
        return true;
    }

    @Override
    public Set<String> keys() {
        return Arrays.stream(ContactField.values()).map(ContactField::key).collect(Collectors.toSet());
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<String, String> restore(Account locked, Map<String, String> before) {
        Map<ContactField, @Nullable String> values = new EnumMap<>(ContactField.class);
        before.forEach((key, value) ->
                values.put(ContactField.valueOf(key.toUpperCase(Locale.ROOT)), value.isEmpty() ? null : value));
        Optional<Contact> row = contacts.find(locked.id());
        Contact stored = row.orElseGet(() -> Contact.none(locked.id()));
        contacts.put(row, stored.with(values));
        return stored.values(values.keySet());
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
        Optional<Account> account = lock.lock(link.accountId());
        if (!claims.claim(link)) {
            return false;
        }
        claims.finish(link, PURPOSE, List.of("registration"), now);
        accounts.markConfirmed(link.accountId());
        if (account.filter(Account::usable).isEmpty()) {
            return false;
        }
        contacts.confirm(link.accountId(), now);
        return true;
    }
}
