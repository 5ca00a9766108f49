package dev.latchkey.operator;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.export.ExportService;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Door;
import dev.latchkey.history.HistoryEntry;
import dev.latchkey.history.Origin;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.mail.Outbox;
import dev.latchkey.membership.OwnSessions;
import dev.latchkey.membership.leaving.Closures;
import dev.latchkey.membership.leaving.Erasure;
import dev.latchkey.membership.moving.EmailMoves;
import dev.latchkey.webhook.Event;
import dev.latchkey.webhook.EventType;
import dev.latchkey.webhook.Events;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does to an account. Each is one transaction under the account's lock, and one entry in its history
 * that its owner is told of, if anybody proved the mailbox. Done once more it changes nothing.
 *
 * <p>Nothing of it is the owner's to undo, least of all a block, so no notice of it has a link that would.
 */
@Singleton
public class AccountOperations {
    private static final Origin ORIGIN = Origin.of(Door.OPERATOR);
    /** Of a change that replaces nothing. */
    private static final String NOTHING = "";

    private final AccountLock lock;
    private final Accounts accounts;
    private final AccountSearch search;
    private final OwnSessions sessions;
    private final EmailMoves moves;
    private final Closures closures;
    private final ChangeLog changes;
    private final Erasure erasure;
    private final ExportService exports;
    private final PreferredLanguages languages;
    private final LinkRequestService links;
    private final Outbox outbox;
    private final Events events;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;

    AccountOperations(
            AccountLock lock,
            Accounts accounts,
            AccountSearch search,
            OwnSessions sessions,
            EmailMoves moves,
            Closures closures,
            ChangeLog changes,
            Erasure erasure,
            ExportService exports,
            PreferredLanguages languages,
            LinkRequestService links,
            Outbox outbox,
            Events events,
            TransactionOperations<Connection> transactions,
            Clock clock) {
        this.lock = lock;
        this.accounts = accounts;
        this.search = search;
        this.sessions = sessions;
        this.moves = moves;
        this.closures = closures;
        this.changes = changes;
        this.erasure = erasure;
        this.exports = exports;
        this.languages = languages;
        this.links = links;
        this.outbox = outbox;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Blocks an account: whatever opens it ends, and nothing opens it until the block ends. One that its owner has closed
     * is blocked as well, and not erased meanwhile.
     */
    @Transactional
    public OperationOutcome block(UUID id) {
        Account account = lock.lock(id).orElse(null);
        if (account == null) {
            return new OperationOutcome.NoAccount();
        }
        if (account.status() == AccountStatus.BLOCKED) {
            return new OperationOutcome.Unchanged(search.factsOf(account));
        }
        accounts.changeStatus(id, account.status(), AccountStatus.BLOCKED);
        Map<String, String> ended = sessions.endAll(id);
        moves.revokeOpen(id, clock.instant());
        events.tell(() -> List.of(
                Event.of(EventType.ACCOUNT_BLOCKED, id, account.pin()).through(HistoryEntry.key(ORIGIN.door()), null)));
        return told(account, ChangeLog.BLOCKED, ended);
    }

    /** Ends a block. An account that its owner had closed before is closed again, with the time that was left or a new grace. */
    @Transactional
    public OperationOutcome unblock(UUID id) {
        Account account = lock.lock(id).orElse(null);
        if (account == null) {
            return new OperationOutcome.NoAccount();
        }
        AccountStatus then = closures.find(id)
                .filter(closure -> closure.keptAt() == null)
                .map(closure -> AccountStatus.CLOSED)
                .orElse(AccountStatus.ACTIVE);
        if (accounts.changeStatus(id, AccountStatus.BLOCKED, then) == 0) {
            return new OperationOutcome.Unchanged(search.factsOf(account));
        }
        return told(account, ChangeLog.UNBLOCKED, Map.of());
    }

    /** Ends whatever opens an account: sessions, tokens, keys, what assistants are allowed, and mailed links. */
    @Transactional
    public OperationOutcome endSessions(UUID id) {
        Account account = lock.lock(id).orElse(null);
        if (account == null) {
            return new OperationOutcome.NoAccount();
        }
        Map<String, String> before = sessions.endAll(id);
        return before.isEmpty() ? new OperationOutcome.Unchanged(search.factsOf(account)) : told(account, null, before);
    }

    /**
     * Sends the one mail that goes to an address from which mails came back: its link brings mail back. Changes nothing, so
     * nobody is told; {@link OperationOutcome.Unchanged} where mail goes there anyway, or one went there a moment ago.
     */
    public OperationOutcome tryMailbox(UUID id) {
        Account account = accounts.findById(id).orElse(null);
        if (account == null) {
            return new OperationOutcome.NoAccount();
        }
        boolean sent = account.undeliverable()
                && account.usable()
                && links.tryMailbox(account, Caller.operator()) instanceof LinkOutcome.Accepted;
        return sent
                ? new OperationOutcome.Done(search.factsOf(account))
                : new OperationOutcome.Unchanged(search.factsOf(account));
    }

    /**
     * Deletes an account at once, whatever its state, with all that belongs to it. Its owner is told by one mail, which is
     * all that outlives it.
     */
    public OperationOutcome delete(UUID id) {
        List<String> photos = new ArrayList<>();
        OperationOutcome outcome = transactions.executeWrite(status -> lock.lock(id)
                .<OperationOutcome>map(account -> delete(account, photos))
                .orElseGet(OperationOutcome.NoAccount::new));
        if (outcome instanceof OperationOutcome.Done) {
            erasure.finish(photos, Erasure.Cause.OPERATOR);
        }
        return outcome;
    }

    private OperationOutcome delete(Account locked, List<String> photos) {
        OperationOutcome done = new OperationOutcome.Done(search.factsOf(locked));
        Locale locale = languages.of(locked.id()).orElse(Locale.ENGLISH);
        photos.addAll(erasure.erase(locked));
        if (locked.told() != null) {
            outbox.add(DeletedMail.KIND, DeletedMail.about(locked.told(), locale));
        }
        return done;
    }

    /** All that is kept of somebody, as a ZIP archive; empty when there is no such account. */
    public Optional<InputStream> export(UUID id) {
        return accounts.findById(id).map(exports::archive);
    }

    private OperationOutcome told(Account account, @Nullable String key, Map<String, String> ended) {
        Map<String, String> before = new HashMap<>(ended);
        Map<String, String> after = new HashMap<>(ended);
        after.replaceAll((what, names) -> NOTHING);
        if (key != null) {
            before.put(key, NOTHING);
            after.put(key, NOTHING);
        }
        changes.record(account.id(), account.told(), ORIGIN, before, after);
        return new OperationOutcome.Done(
                search.factsOf(accounts.findById(account.id()).orElseThrow()));
    }
}
