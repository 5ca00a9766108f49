package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.SteadyTime;
import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.mail.Outbox;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes requests for links. Limits, history, link and mail are written in one transaction or not at all, so a link that
 * was asked for survives a crash: its mail is in the outbox when this returns.
 *
 * <p>An account has two names, its address and its number. Where it is concealed, only how often the very same name was
 * asked for may show in the answer, as that is all there is to count for nobody's name; what then is too much for the
 * account becomes a decoy. As much is written for that, but the link opens nothing and the mail goes nowhere.
 */
@Singleton
public final class LinkRequestService {
    private final AccountLock lock;
    private final Accounts accounts;
    private final LinkLimiter limiter;
    private final LinkRequests requests;
    private final LinkIssuer issuer;
    private final LinkTokens tokens;
    private final Outbox outbox;
    private final SteadyTime steady;
    private final LinkMetrics metrics;
    private final KeyedDigest digests;
    private final Commits commits;
    private final Clock clock;

    LinkRequestService(
            AccountLock lock,
            Accounts accounts,
            LinkLimiter limiter,
            LinkRequests requests,
            LinkIssuer issuer,
            LinkTokens tokens,
            Outbox outbox,
            SteadyTime steady,
            LinkMetrics metrics,
            ServerSecret secret,
            Commits commits,
            Clock clock) {
        this.lock = lock;
        this.accounts = accounts;
        this.limiter = limiter;
        this.requests = requests;
        this.issuer = issuer;
        this.tokens = tokens;
        this.outbox = outbox;
        this.steady = steady;
        this.metrics = metrics;
        this.digests = secret.mac("subject-digest");
        this.commits = commits;
        this.clock = clock;
    }

    /**
     * Asks for a link that edits a profile, for somebody who may learn whether there is one.
     *
     * @param along writes, in the same transaction, what belongs to the link with this id
     */
    public InitOutcome request(Subject subject, Caller caller, Consumer<String> along) {
        return write(() -> {
            Optional<Account> found = lock(subject).filter(account -> account.status() != AccountStatus.CLOSED);
            if (found.isEmpty()) {
                return new InitOutcome.UserNotFound();
            }
            return caller.mayAskFor(found.get())
                    ? record(found, wish(subject, LinkPurpose.EDIT_PROFILE, false), caller, along)
                    : new InitOutcome.AccountBlocked();
        });
    }

    /** The same where nothing belongs to the link. */
    public InitOutcome request(Subject subject, Caller caller) {
        return request(subject, caller, link -> {});
    }

    /**
     * The same for everybody else: a subject without a usable account gets the answer, the work and the history of one
     * that has it, except for the mail and for what would belong to its link, at a time that tells nothing. Never part of
     * another transaction.
     */
    public LinkOutcome requestConcealed(Subject subject, Caller caller, Consumer<String> along) {
        return concealed(subject, LinkPurpose.EDIT_PROFILE, caller, along);
    }

    /** The same where nothing belongs to the link. */
    public LinkOutcome requestConcealed(Subject subject, Caller caller) {
        return requestConcealed(subject, caller, link -> {});
    }

    /** The same for a link that signs in on the account's pages. */
    public LinkOutcome requestSignIn(Subject subject, Caller caller) {
        return concealed(subject, LinkPurpose.SIGN_IN, caller, link -> {});
    }

    private LinkOutcome concealed(Subject subject, LinkPurpose purpose, Caller caller, Consumer<String> along) {
        return steady.answer(() -> write(() -> record(lock(subject), wish(subject, purpose, true), caller, along)));
    }

    /** Asks for a link to an account's own mailbox that confirms something; part of the caller's transaction. */
    public LinkOutcome confirm(Account account, LinkPurpose purpose, Caller caller, UnknownUser whenUnknown) {
        Wish wish = new Wish(digestOf(account), purpose, purpose.mail(), whenUnknown == UnknownUser.CONCEAL);
        return write(() -> record(lock.lock(account.id()), wish, caller, link -> {}));
    }

    /** Asks for a mail that says that there is an account already, with a link that edits its profile. */
    public LinkOutcome tellThatAccountExists(Account account, Caller caller) {
        Wish wish = new Wish(digestOf(account), LinkPurpose.EDIT_PROFILE, LinkMail.ACCOUNT_EXISTS, true);
        return write(() -> record(lock.lock(account.id()), wish, caller, link -> {}));
    }

    /**
     * What the caller is told who registers somebody else's address where that is no one's business: a decoy that counts
     * for nobody, and of which no mail ever leaves.
     */
    public LinkOutcome.Accepted pretendRegistration(Caller caller) {
        String nobody = digestOf(UUID.randomUUID());
        return write(() -> issuer.issueDecoy(nobody, LinkPurpose.CONFIRM_REGISTRATION, caller, clock.instant()));
    }

    /** The token of a link that confirms a registration; the one purpose whose source tells it to its caller. */
    public String registrationToken(LinkOutcome.Accepted registration) {
        return tokens.mint(registration.linkId(), LinkPurpose.CONFIRM_REGISTRATION);
    }

    /** Which request a token came from, whatever became of it. */
    public Optional<UUID> requestOf(String token, LinkPurpose purpose) {
        return tokens.linkIdOf(token, purpose).flatMap(requests::findByLinkId).map(LinkRequest::id);
    }

    /** For whose account a token was issued, whatever became of it. */
    public Optional<UUID> ownerOf(String token, LinkPurpose purpose) {
        return tokens.linkIdOf(token, purpose).flatMap(requests::findByLinkId).map(LinkRequest::accountId);
    }

    /**
     * Asks for a fresh link to the account that a token was once issued for, whatever became of the token. The mailbox
     * is the account's own, so whoever holds the token learns nothing.
     *
     * @return empty when the token was never issued, or so long ago that its history is forgotten, or when the account is
     *     blocked
     */
    public Optional<LinkOutcome> requestAgain(String token, LinkPurpose purpose, CallerAddress caller) {
        return tokens.linkIdOf(token, purpose)
                .flatMap(requests::findByLinkId)
                .flatMap(history -> requestAgain(history, purpose, caller));
    }

    /** An account that is gone is told from one that is there by nobody: its history names it no more. */
    private Optional<LinkOutcome> requestAgain(LinkRequest history, LinkPurpose purpose, CallerAddress caller) {
        UUID accountId = history.accountId();
        if (accountId != null
                && accounts.findById(accountId).filter(found -> !found.usable()).isPresent()) {
            return Optional.empty();
        }
        String subject = accountId == null ? history.subjectDigest() : digestOf(accountId);
        Wish wish = new Wish(subject, purpose, purpose.mail(), false);
        return Optional.of(write(() ->
                record(Optional.ofNullable(accountId).flatMap(lock::lock), wish, Caller.page(caller), link -> {})));
    }

    private Optional<Account> lock(Subject subject) {
        return switch (subject) {
            case Subject.ByEmail by -> lock.lockByEmail(by.email());
            case Subject.ByPin by -> lock.lockByPin(by.pin().value());
        };
    }

    private Wish wish(Subject subject, LinkPurpose purpose, boolean concealed) {
        return new Wish(digests.of(subject.name()), purpose, purpose.mail(), concealed);
    }

    private String digestOf(Account account) {
        return digests.of(new Subject.ByEmail(account.email()).name());
    }

    private String digestOf(UUID accountId) {
        return digests.of(Subject.nameOf(accountId));
    }

    private <T extends InitOutcome> T write(Supplier<T> work) {
        return commits.write(
                OutcomeUnknown.Doing.REQUEST_LINK,
                status -> work.get(),
                outcome -> outcome instanceof LinkOutcome.Accepted accepted
                        && requests.findById(accepted.requestId()).isPresent());
    }

    /** @param locked as two requests of one account must not both find the limit free */
    private LinkOutcome record(Optional<Account> locked, Wish wish, Caller caller, Consumer<String> along) {
        Account usable = locked.filter(caller::mayAskFor).orElse(null);
        Instant now = clock.instant();
        Optional<LinkOutcome.LimitReached> limit = limiter.check(
                caller,
                wish.concealed() || usable == null
                        ? () -> limiter.waitFor(wish.subjectDigest(), caller, now)
                        : () -> limiter.waitFor(usable.id(), caller, now));
        if (limit.isPresent()) {
            metrics.limited();
            return limit.get();
        }
        boolean tooMuch = wish.concealed()
                && usable != null
                && limiter.waitFor(usable.id(), caller, now).isPresent();
        Account owner = tooMuch ? null : usable;
        LinkOutcome.Accepted accepted =
                issuer.issue(owner == null ? null : owner.id(), wish.subjectDigest(), wish.purpose(), caller, now);
        if (owner != null) {
            along.accept(accepted.linkId());
            if (!owner.verified()) {
                accounts.noteUse(owner.id(), now);
            }
        }
        if (wish.concealed()) {
            outbox.addUnhurried(wish.mail(), accepted.requestId().toString());
        } else {
            outbox.add(wish.mail(), accepted.requestId().toString());
        }
        metrics.requested();
        return accepted;
    }

    /**
     * What somebody asks for.
     *
     * @param subjectDigest of whom it is asked for
     * @param mail kind of the mail that brings it
     * @param concealed whether the answer must be the same for everybody
     */
    private record Wish(String subjectDigest, LinkPurpose purpose, String mail, boolean concealed) {}
}
