package dev.latchkey.membership.leaving;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.config.SessionSettings;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.database.RestoredRows;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.mail.Outbox;
import dev.latchkey.membership.moving.EmailMoves;
import dev.latchkey.membership.proof.OwnerProofs;
import dev.latchkey.membership.proof.ProofOutcome;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.Profiles;
import dev.latchkey.session.Sessions;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.annotation.ReadOnly;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Closes accounts for their owners, and opens them again while there is time. From the moment of the closing nothing of an
 * account answers: no link, session or key opens it, and its photo is out of sight. Address and nickname stay taken.
 */
@Singleton
public class ClosingService implements RestoredRows {
    private final OwnerProofs proofs;
    private final Closures closures;
    private final Accounts accounts;
    private final AccountLock lock;
    private final Profiles profiles;
    private final Sessions sessions;
    private final LinkClaims links;
    private final LinkTokens tokens;
    private final EmailMoves moves;
    private final Erasure erasure;
    private final Outbox outbox;
    private final Photos photos;
    private final Commits commits;
    private final TransactionOperations<Connection> transactions;
    private final Duration grace;
    private final Duration undoLifetime;
    private final Clock clock;

    ClosingService(
            OwnerProofs proofs,
            Closures closures,
            Accounts accounts,
            AccountLock lock,
            Profiles profiles,
            Sessions sessions,
            LinkClaims links,
            LinkTokens tokens,
            EmailMoves moves,
            Erasure erasure,
            Outbox outbox,
            Photos photos,
            Commits commits,
            TransactionOperations<Connection> transactions,
            SessionSettings settings,
            LinkSettings linkSettings,
            Clock clock) {
        this.proofs = proofs;
        this.closures = closures;
        this.accounts = accounts;
        this.lock = lock;
        this.profiles = profiles;
        this.sessions = sessions;
        this.links = links;
        this.tokens = tokens;
        this.moves = moves;
        this.erasure = erasure;
        this.outbox = outbox;
        this.photos = photos;
        this.commits = commits;
        this.transactions = transactions;
        this.grace = settings.deletionGrace();
        this.undoLifetime = linkSettings.undoLifetime();
        this.clock = clock;
    }

    /** When an account will be erased that is closed now. */
    public Instant eraseAt() {
        return clock.instant().plus(grace);
    }

    /**
     * Closes an account.
     *
     * @param proof that its owner asks
     */
    public ClosingOutcome close(ProofOutcome proof) {
        return switch (proof) {
            case ProofOutcome.NotProven wrong -> new ClosingOutcome.NotProven();
            case ProofOutcome.SlowedDown slow -> new ClosingOutcome.SlowedDown(slow.retryAfter());
            case ProofOutcome.Proven proven -> close(proven);
        };
    }

    private ClosingOutcome close(ProofOutcome.Proven proven) {
        List<String> hidden = new ArrayList<>();
        ClosingOutcome outcome = transactions.executeWrite(status -> proofs.still(proven)
                .map(account -> account.verified() ? close(account, hidden) : erase(account, hidden))
                .orElseGet(ClosingOutcome.NotProven::new));
        if (outcome instanceof ClosingOutcome.Erased) {
            erasure.finish(hidden, Erasure.Cause.OWNER);
        } else {
            hidden.forEach(photo -> photos.changed(photo, null));
        }
        return outcome;
    }

    private ClosingOutcome erase(Account locked, List<String> hidden) {
        hidden.addAll(erasure.erase(locked));
        return new ClosingOutcome.Erased();
    }

    private ClosingOutcome close(Account locked, List<String> hidden) {
        UUID id = locked.id();
        Instant now = clock.instant();
        String photo = profiles.find(id).map(Profile::photoHash).orElse(null);
        if (photo != null) {
            hidden.add(photo);
            profiles.showPhoto(id, null);
        }
        Instant eraseAt = now.plus(grace);
        closures.remove(id);
        closures.save(new Closures.Closure(id, tokens.newLinkId(now), photo, now, eraseAt, null));
        accounts.changeStatus(id, AccountStatus.ACTIVE, AccountStatus.CLOSED);
        sessions.endAll(id);
        links.revokeAll(id);
        moves.revokeOpen(id, now);
        tell(locked, now);
        return new ClosingOutcome.Closed(eraseAt);
    }

    /** Whoever moved the account away from its owner may be the one who closes it. */
    private void tell(Account account, Instant closedAt) {
        UUID id = account.id();
        outbox.add(ClosedMail.KIND, id.toString());
        moves.idsLeftSince(id, closedAt.minus(undoLifetime), account.email().value())
                .forEach(move -> outbox.add(ClosedMail.KIND, ClosedMail.about(id, move)));
    }

    /** Who took their closing back since is not known: all are told once more, by a link that works, and have the whole time. */
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void restored(Instant now) {
        outbox.withdrawKinds(Set.of(ClosedMail.KIND));
        for (Closures.Closure closure : closures.findByKeptAtIsNull()) {
            closures.postpone(closure.accountId(), now.plus(grace));
            accounts.findById(closure.accountId()).ifPresent(account -> tell(account, closure.closedAt()));
        }
    }

    /** Looks at what a token takes back; any number of times, never does it. */
    @ReadOnly
    public KeepOutcome look(String token) {
        String linkId = tokens.linkIdOf(token, LinkPurpose.KEEP_ACCOUNT).orElse(null);
        if (linkId == null) {
            return new KeepOutcome.LinkRefused(Inspection.Refused.unknown());
        }
        return closures.findByLinkId(linkId)
                .map(this::look)
                // Erased, or closed once more; the signature proves that it was ours.
                .orElseGet(() -> refused(Inspection.Reason.EXPIRED, null, null));
    }

    private KeepOutcome look(Closures.Closure closure) {
        Account account = accounts.findById(closure.accountId()).orElseThrow();
        if (closure.keptAt() != null) {
            return refused(Inspection.Reason.USED, closure.keptAt(), account.id());
        }
        if (account.status() != AccountStatus.CLOSED) {
            return new KeepOutcome.LinkRefused(Inspection.Refused.unknown());
        }
        return closure.openAt(clock.instant())
                ? new KeepOutcome.Open(account, closure.eraseAt())
                : refused(Inspection.Reason.EXPIRED, closure.eraseAt(), account.id());
    }

    private static KeepOutcome refused(Inspection.Reason reason, @Nullable Instant since, @Nullable UUID accountId) {
        return new KeepOutcome.LinkRefused(new Inspection.Refused(reason, since, false, List.of(), accountId));
    }

    /** Takes the closing back, once: the account is as it was, but nobody is signed in and no earlier link opens it. */
    public KeepOutcome keep(String token) {
        if (!(look(token) instanceof KeepOutcome.Open open)) {
            return look(token);
        }
        String linkId = tokens.linkIdOf(token, LinkPurpose.KEEP_ACCOUNT).orElseThrow();
        UUID id = open.account().id();
        Instant now = clock.instant();
        List<String> shown = new ArrayList<>();
        Optional<KeepOutcome> kept = commits.write(
                OutcomeUnknown.Doing.USE_LINK,
                status -> keep(id, linkId, now, shown),
                outcome -> lock.lock(id)
                        .flatMap(owner -> closures.find(id))
                        .filter(closure -> now.equals(closure.keptAt()))
                        .isPresent());
        shown.forEach(photo -> photos.changed(photo, null));
        return kept.orElseGet(() -> look(token));
    }

    /** @param shown gets the photo that can be seen again */
    private Optional<KeepOutcome> keep(UUID id, String linkId, Instant now, List<String> shown) {
        Account closed = lock.lock(id)
                .filter(account -> account.status() == AccountStatus.CLOSED)
                .orElse(null);
        String photo = closures.find(id).map(Closures.Closure::photoHash).orElse(null);
        if (closed == null || closures.keep(linkId, now) == 0) {
            return Optional.empty();
        }
        accounts.changeStatus(id, AccountStatus.CLOSED, AccountStatus.ACTIVE);
        if (photo != null) {
            profiles.showPhoto(id, photo);
            shown.add(photo);
        }
        return Optional.of(new KeepOutcome.Kept(closed));
    }
}
