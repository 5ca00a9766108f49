package dev.latchkey.history;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.photo.Photos;
import dev.latchkey.session.Sessions;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a change back: every field of it holds again what it held before, whatever was made of it since, and whoever may
 * have made the change is shut out. Sessions, keys, tokens and links of the account end, and the address comes back that
 * was told of the change, as whoever moved it away can be mailed links there.
 */
@Singleton
public class UndoService {
    private final Changes changes;
    private final ChangeLog log;
    private final List<Restorable> features;
    private final LinkTokens tokens;
    private final LinkClaims links;
    private final Sessions sessions;
    private final Accounts accounts;
    private final AccountLock lock;
    private final Commits commits;
    private final Photos photos;
    private final Clock clock;

    UndoService(
            Changes changes,
            ChangeLog log,
            List<Restorable> features,
            LinkTokens tokens,
            LinkClaims links,
            Sessions sessions,
            Accounts accounts,
            AccountLock lock,
            Commits commits,
            Photos photos,
            Clock clock) {
        this.changes = changes;
        this.log = log;
        this.features = features;
        this.tokens = tokens;
        this.links = links;
        this.sessions = sessions;
        this.accounts = accounts;
        this.lock = lock;
        this.commits = commits;
        this.photos = photos;
        this.clock = clock;
    }

    /** Looks at what a token of a notice takes back; any number of times, never does it. */
    @ReadOnly
    public UndoOutcome.Look look(String token) {
        return tokens.linkIdOf(token, LinkPurpose.UNDO_CHANGE)
                .map(id -> changes.findByUndoId(id)
                        .map(this::look)
                        // Cleaned up long ago; the signature proves that it was ours.
                        .orElseGet(() -> refused(Inspection.Reason.EXPIRED, null, List.of(), null)))
                .orElseGet(() -> new UndoOutcome.Refused(Inspection.Refused.unknown()));
    }

    /** Whether the change that was made with a request of an account can be taken back. */
    @ReadOnly
    public UndoOutcome.Look lookAtRequest(UUID accountId, UUID requestId) {
        return looked(changes.findByRequest(accountId, requestId));
    }

    /** Takes back what a token of a notice is for, once. */
    public UndoOutcome undo(String token) {
        return undo(() -> look(token));
    }

    /** Takes back what was changed with a request of an account, for whoever used its link. */
    public UndoOutcome undoRequest(UUID accountId, UUID requestId) {
        return undo(() -> lookAtRequest(accountId, requestId));
    }

    /** Takes back a change of an account, for its owner. */
    public UndoOutcome undoChange(UUID accountId, UUID changeId) {
        return undo(() -> looked(
                changes.findById(changeId).filter(change -> change.accountId().equals(accountId))));
    }

    private UndoOutcome.Look looked(Optional<Change> change) {
        return change.map(this::look).orElseGet(() -> new UndoOutcome.Refused(Inspection.Refused.unknown()));
    }

    private UndoOutcome.Look look(Change change) {
        Optional<Account> account = accounts.findById(change.accountId()).filter(Account::usable);
        if (account.isEmpty()) {
            return new UndoOutcome.Refused(Inspection.Refused.unknown());
        }
        if (change.undoableAt(clock.instant())) {
            return new UndoOutcome.Open(account.get(), change);
        }
        return change.undoneAt() != null
                ? refused(Inspection.Reason.USED, change.undoneAt(), change.restorable(), change.accountId())
                : refused(Inspection.Reason.EXPIRED, change.undoUntil(), change.keys(), change.accountId());
    }

    private static UndoOutcome.Refused refused(
            Inspection.Reason reason, @Nullable Instant since, List<String> fields, @Nullable UUID accountId) {
        return new UndoOutcome.Refused(new Inspection.Refused(reason, since, false, fields, accountId));
    }

    private UndoOutcome undo(Supplier<UndoOutcome.Look> look) {
        return switch (look.get()) {
            case UndoOutcome.Refused refused -> refused;
            case UndoOutcome.Open open -> undo(open, look);
        };
    }

    private UndoOutcome undo(UndoOutcome.Open open, Supplier<UndoOutcome.Look> look) {
        Instant now = clock.instant();
        Map<String, String> until = new HashMap<>();
        Optional<UndoOutcome> done = commits.write(
                OutcomeUnknown.Doing.USE_LINK,
                status -> undo(open.change().id(), open.account().id(), now, until),
                outcome -> lock.lock(open.account().id())
                        .flatMap(owner -> changes.findById(open.change().id()))
                        .filter(change -> now.equals(change.undoneAt()))
                        .isPresent());
        done.ifPresent(outcome -> showPhotos(until.get(ChangeLog.PHOTO), open.change()));
        // Somebody else was faster, or an earlier change was taken back and this one with it.
        return done.orElseGet(() -> look.get() instanceof UndoOutcome.Refused refused
                ? refused
                : new UndoOutcome.Refused(Inspection.Refused.unknown()));
    }

    /** @param until gets what was held until now */
    private Optional<UndoOutcome> undo(UUID changeId, UUID accountId, Instant now, Map<String, String> until) {
        Account account = lock.lock(accountId).filter(Account::usable).orElse(null);
        if (account == null || changes.claim(changeId, now) == 0) {
            return Optional.empty();
        }
        Change change = changes.findById(changeId).orElseThrow();
        Map<String, String> before = change.restores(account.email());
        String told = change.told();
        List<String> restored = List.copyOf(before.keySet());
        before.putIfAbsent(ChangeLog.NEW_EMAIL, "");
        for (Restorable feature : features) {
            Map<String, String> own = new TreeMap<>(before);
            own.keySet().retainAll(feature.keys());
            if (!own.isEmpty()) {
                until.putAll(feature.restore(account, own));
            }
        }
        // Who was told of the change is told of its undoing, unless mails to them have come back since.
        EmailAddress owner = told == null || told.equals(account.email().value())
                ? account.told()
                : EmailAddress.parse(told).orElseThrow();
        dropFromLater(change, restored, owner, now);
        links.revokeAll(accountId);
        sessions.endAll(accountId);
        UUID requestId = change.requestId();
        if (requestId != null) {
            links.noteUndone(requestId);
        }
        Map<String, String> held = new TreeMap<>(until);
        held.keySet().retainAll(restored);
        before.keySet().retainAll(held.keySet());
        log.record(accountId, owner, Origin.of(Door.UNDO), held, before);
        return Optional.of(new UndoOutcome.Undone(account, restored, tokenOf(change)));
    }

    private String tokenOf(Change change) {
        return tokens.mint(Objects.requireNonNull(change.undoId()), LinkPurpose.UNDO_CHANGE);
    }

    /**
     * What was made of the same fields since is gone with it, and nothing is to bring it back; least of all a notice that
     * went to where a stranger had moved the account.
     */
    private void dropFromLater(Change undone, List<String> restored, @Nullable EmailAddress owner, Instant now) {
        for (Change later : changes.undoableAfter(undone.accountId(), undone.id(), now)) {
            Change left = later.after(restored, owner, tokens.newLinkId(now), now);
            UUID requestId = left.requestId();
            if (left.undoneAt() != null && requestId != null) {
                links.noteUndone(requestId);
            }
            if (!left.equals(later)) {
                changes.update(left);
            }
        }
    }

    private void showPhotos(@Nullable String until, Change change) {
        String again = change.photoBefore();
        if (until != null) {
            photos.changed(until.isEmpty() ? null : until, null);
        }
        if (again != null) {
            photos.changed(again, null);
        }
    }
}
