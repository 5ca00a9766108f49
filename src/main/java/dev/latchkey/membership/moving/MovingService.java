package dev.latchkey.membership.moving;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.config.MailSettings;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.CallerBudgets;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.mail.Outbox;
import dev.latchkey.membership.proof.OwnerProofs;
import dev.latchkey.membership.proof.ProofOutcome;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.TransactionStatus;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves accounts to other mailboxes. The wish is the owner's, the move the new mailbox's: until somebody there says so,
 * nothing changes. Whether the address is free plays no part before its mail is written.
 */
@Singleton
public class MovingService {
    private final OwnerProofs proofs;
    private final CallerBudgets budgets;
    private final MoveLimits limits;
    private final EmailMoves moves;
    private final Accounts accounts;
    private final AccountLock lock;
    private final MovedAddresses addresses;
    private final LinkTokens tokens;
    private final ChangeLog changes;
    private final Outbox outbox;
    private final Commits commits;
    private final TransactionOperations<Connection> transactions;
    private final Duration unsentFor;
    private final Clock clock;

    MovingService(
            OwnerProofs proofs,
            CallerBudgets budgets,
            MoveLimits limits,
            EmailMoves moves,
            Accounts accounts,
            AccountLock lock,
            MovedAddresses addresses,
            LinkTokens tokens,
            ChangeLog changes,
            Outbox outbox,
            Commits commits,
            TransactionOperations<Connection> transactions,
            MailSettings mails,
            Clock clock) {
        this.proofs = proofs;
        this.budgets = budgets;
        this.limits = limits;
        this.moves = moves;
        this.accounts = accounts;
        this.lock = lock;
        this.addresses = addresses;
        this.tokens = tokens;
        this.changes = changes;
        this.outbox = outbox;
        this.commits = commits;
        this.transactions = transactions;
        this.unsentFor = mails.mailGiveUpAfter().plus(EmailMove.LIFETIME);
        this.clock = clock;
    }

    /**
     * Where an account is to move to, for its owner to see.
     *
     * @return empty when nothing is open
     */
    public Optional<EmailAddress> pending(Account account) {
        return moves.findOpen(account.id())
                .filter(move -> move.openAt(clock.instant()))
                .map(move -> new EmailAddress(move.email()));
    }

    /**
     * Asks to move an account; an earlier wish of the same account is off then.
     *
     * @param proof that the owner asks
     * @param door where they ask
     */
    public AskOutcome ask(ProofOutcome proof, EmailAddress to, Door door, Caller caller) {
        return switch (proof) {
            case ProofOutcome.NotProven wrong -> new AskOutcome.NotProven();
            case ProofOutcome.SlowedDown slow -> new AskOutcome.SlowedDown(slow.retryAfter());
            case ProofOutcome.Proven proven ->
                proven.account().email().equals(to) ? new AskOutcome.Unchanged() : counted(proven, to, door, caller);
        };
    }

    private AskOutcome counted(ProofOutcome.Proven proven, EmailAddress to, Door door, Caller caller) {
        Optional<Duration> wait = budgets.countSignUp(caller).or(() -> budgets.countNewAddress(caller));
        if (wait.isPresent()) {
            return new AskOutcome.LimitReached(wait.get());
        }
        boolean mailed = false;
        try {
            AskOutcome outcome = transactions.executeWrite(status -> proofs.still(proven)
                    .map(account -> write(account, to, door, status))
                    .orElseGet(AskOutcome.NotProven::new));
            mailed = outcome instanceof AskOutcome.Asked;
            return outcome;
        } finally {
            if (!mailed) {
                budgets.giveBackNewAddress(caller);
            }
        }
    }

    private AskOutcome write(Account account, EmailAddress to, Door door, TransactionStatus<Connection> status) {
        Optional<Duration> wait = limits.count(account.id());
        if (wait.isPresent()) {
            status.setRollbackOnly();
            return new AskOutcome.LimitReached(wait.get());
        }
        Instant now = clock.instant();
        moves.revokeOpen(account.id(), now);
        EmailMove move = moves.save(new EmailMove(
                UuidCreator.getTimeOrderedEpoch(),
                account.id(),
                tokens.newLinkId(now),
                to.value(),
                EmailMove.State.OPEN,
                now,
                null,
                now.plus(unsentFor),
                null,
                null,
                null));
        outbox.add(MoveMail.KIND, move.id().toString());
        changes.record(
                account.id(),
                account.told(),
                Origin.of(door),
                Map.of(ChangeLog.NEW_EMAIL, ""),
                Map.of(ChangeLog.NEW_EMAIL, to.value()));
        return new AskOutcome.Asked();
    }

    /** Looks at what a token moves; any number of times, never does it. */
    @ReadOnly
    public MoveOutcome look(String token) {
        String linkId = tokens.linkIdOf(token, LinkPurpose.CHANGE_EMAIL).orElse(null);
        if (linkId == null) {
            return new MoveOutcome.LinkRefused(Inspection.Refused.unknown());
        }
        return moves.findByLinkId(linkId)
                .map(this::look)
                // Cleaned up long ago; the signature proves that it was ours.
                .orElseGet(() -> refused(Inspection.Reason.EXPIRED, null, null));
    }

    private MoveOutcome look(EmailMove move) {
        Account account =
                accounts.findById(move.accountId()).filter(Account::usable).orElse(null);
        if (account == null) {
            return new MoveOutcome.LinkRefused(Inspection.Refused.unknown());
        }
        return switch (move.state()) {
            case DONE -> refused(Inspection.Reason.USED, move.endedAt(), move);
            case REVOKED -> refused(Inspection.Reason.REVOKED, move.endedAt(), move);
            case OPEN ->
                move.openAt(clock.instant())
                        ? new MoveOutcome.Open(move.id(), account, new EmailAddress(move.email()))
                        : refused(Inspection.Reason.EXPIRED, move.end(), move);
        };
    }

    private static MoveOutcome refused(Inspection.Reason reason, @Nullable Instant since, @Nullable EmailMove move) {
        return new MoveOutcome.LinkRefused(
                new Inspection.Refused(reason, since, false, List.of(), move == null ? null : move.accountId()));
    }

    /** Moves an account to the mailbox that the token was mailed to, once; that proves the mailbox. */
    public MoveOutcome confirm(String token) {
        if (!(look(token) instanceof MoveOutcome.Open open)) {
            return look(token);
        }
        Instant now = clock.instant();
        try {
            return commits.write(
                            OutcomeUnknown.Doing.USE_LINK,
                            status -> confirm(open, now, status),
                            outcome -> lock.lock(open.account().id())
                                    .flatMap(owner -> moves.findById(open.id()))
                                    .filter(move -> now.equals(move.endedAt()))
                                    .isPresent())
                    .orElseGet(() -> look(token));
        } catch (DataAccessException e) {
            if (isSomebodyElses(open)) {
                return new MoveOutcome.Taken(open.account(), open.to());
            }
            throw e;
        }
    }

    /** Whoever signs up with the address at the same moment waits for us, or we for them; one of us finds it taken. */
    private Optional<MoveOutcome> confirm(MoveOutcome.Open open, Instant now, TransactionStatus<Connection> status) {
        Account account = lock.lock(open.account().id()).filter(Account::usable).orElse(null);
        if (account == null || moves.claim(open.id(), now, account.email().value(), account.emailVerifiedAt()) == 0) {
            return Optional.empty();
        }
        if (isSomebodyElses(open) || !addresses.move(account, open.to(), now)) {
            status.setRollbackOnly();
            return Optional.of(new MoveOutcome.Taken(account, open.to()));
        }
        changes.record(
                account.id(),
                account.told(),
                Origin.of(Door.LINK),
                Map.of(ChangeLog.EMAIL, account.email().value()),
                Map.of(ChangeLog.EMAIL, open.to().value()));
        return Optional.of(new MoveOutcome.Moved(account, account.email(), open.to()));
    }

    private boolean isSomebodyElses(MoveOutcome.Open open) {
        return accounts.findByEmail(open.to())
                .filter(other -> !other.id().equals(open.account().id()))
                .isPresent();
    }
}
