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
import dev.latchkey.magiclink.LinkIssuer.Wish;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

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
        return write(() -> lock(subject), locked -> {
            Optional<Account> found = locked.filter(account -> account.status() != AccountStatus.CLOSED);
            if (found.isEmpty()) {
                return new InitOutcome.UserNotFound();
            }
            return caller.mayAskFor(found.get())
                    ? record(found, wish(subject, LinkPurpose.EDIT_PROFILE, false, along), caller)
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

    /**
     * The same for a link that signs in on the way to letting an assistant in.
     *
     * @param along as at {@link #requestConcealed}, but of a decoy, too: a code for nobody must be looked for like any
     */
    public LinkOutcome requestAuthorization(Subject subject, Caller caller, Consumer<String> along) {
        return concealed(subject, LinkPurpose.AUTHORIZE, caller, along);
    }

    private LinkOutcome concealed(Subject subject, LinkPurpose purpose, Caller caller, Consumer<String> along) {
        return steady.answer(() ->
                write(() -> lock(subject), locked -> record(locked, wish(subject, purpose, true, along), caller)));
    }

    /** Asks for a link to an account's own mailbox that confirms something, in the caller's transaction where there is one. */
    public LinkOutcome confirm(Account account, LinkPurpose purpose, Caller caller, UnknownUser whenUnknown) {
        boolean concealed = whenUnknown == UnknownUser.CONCEAL;
        return mail(account, new Wish(digestOf(account), purpose, purpose.mail(), concealed), caller);
    }

    /** Asks for the one mail that goes to an undeliverable address, for its owner, who asks by hand. */
    public LinkOutcome tryMailbox(Account account, Caller caller) {
        LinkPurpose purpose = LinkPurpose.CONFIRM_EMAIL;
        return mail(account, new Wish(digestOf(account), purpose, LinkMail.TRIAL, false), caller);
    }

    /** Asks for a mail that says that there is an account already, with a link that edits its profile. */
    public LinkOutcome tellThatAccountExists(Account account, Caller caller) {
        String digest = digestOf(account);
        return mail(account, new Wish(digest, LinkPurpose.EDIT_PROFILE, LinkMail.ACCOUNT_EXISTS, true), caller);
    }

    private LinkOutcome mail(Account account, Wish wish, Caller caller) {
        return write(() -> lock.lock(account.id()), locked -> record(locked, wish, caller));
    }

    /**
     * What the caller is told who registers somebody else's address where that is no one's business: a decoy that counts
     * for nobody, and of which no mail ever leaves.
     */
    public LinkOutcome.Accepted pretendRegistration(Caller caller) {
        String nobody = digestOf(UUID.randomUUID());
        return write(
                Optional::empty,
                locked -> issuer.issueDecoy(nobody, LinkPurpose.CONFIRM_REGISTRATION, caller, clock.instant()));
    }

    /** The token of a link that confirms a registration; the one purpose whose source tells it to its caller. */
    public String registrationToken(LinkOutcome.Accepted registration) {
        return tokens.mint(registration.linkId(), LinkPurpose.CONFIRM_REGISTRATION);
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
        Optional<Account> owner = Optional.ofNullable(accountId).flatMap(accounts::findById);
        if (owner.filter(found -> !found.usable()).isPresent()) {
            return Optional.empty();
        }
        // Whoever holds a token that proves the mailbox got a mail there, whatever else came back.
        boolean trial = purpose == LinkPurpose.CONFIRM_EMAIL
                && owner.filter(Account::undeliverable).isPresent();
        String mail = trial ? LinkMail.TRIAL : purpose.mail();
        String subject = accountId == null ? history.subjectDigest() : digestOf(accountId);
        Wish wish = new Wish(subject, purpose, mail, false);
        return Optional.of(write(
                () -> Optional.ofNullable(accountId).flatMap(lock::lock),
                locked -> record(locked, wish, Caller.page(caller))));
    }

    private Optional<Account> lock(Subject subject) {
        return switch (subject) {
            case Subject.ByEmail by -> lock.lockByEmail(by.email());
            case Subject.ByPin by -> lock.lockByPin(by.pin().value());
        };
    }

    private Wish wish(Subject subject, LinkPurpose purpose, boolean concealed, Consumer<String> along) {
        return new Wish(digests.of(subject.name()), purpose, purpose.mail(), concealed, along);
    }

    private String digestOf(Account account) {
        return digests.of(new Subject.ByEmail(account.email()).name());
    }

    private String digestOf(UUID accountId) {
        return digests.of(Subject.nameOf(accountId));
    }

    /** Whom a link is for, and nobody else's change comes between. */
    @FunctionalInterface
    private interface Owner {
        Optional<Account> lock();
    }

    private <T extends InitOutcome> T write(Owner owner, Function<Optional<Account>, T> work) {
        return commits.write(OutcomeUnknown.Doing.REQUEST_LINK, status -> work.apply(owner.lock()), outcome -> {
            owner.lock();
            return outcome instanceof LinkOutcome.Accepted accepted
                    && requests.findById(accepted.requestId()).isPresent();
        });
    }

    /** @param locked as two requests of one account must not both find the limit free */
    private LinkOutcome record(Optional<Account> locked, Wish wish, Caller caller) {
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
        return issuer.issue(tooMuch ? null : usable, wish, caller, now);
    }
}
