package dev.latchkey.magiclink;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.mail.Outbox;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one transaction of a request: limits, story, link and mail are written together or not at all. */
@Singleton
class LinkRequestRecorder {
    private final AccountLock lock;
    private final Accounts accounts;
    private final LinkLimiter limiter;
    private final CallerBudgets budgets;
    private final LinkRequests requests;
    private final MagicLinks links;
    private final DecoyLinks decoys;
    private final LinkTokens tokens;
    private final MatchPhrases phrases;
    private final LinkLetters letters;
    private final Outbox outbox;
    private final LinkMetrics metrics;
    private final LinkSettings settings;
    private final Commits commits;
    private final Clock clock;

    LinkRequestRecorder(
            AccountLock lock,
            Accounts accounts,
            LinkLimiter limiter,
            CallerBudgets budgets,
            LinkRequests requests,
            MagicLinks links,
            DecoyLinks decoys,
            LinkTokens tokens,
            MatchPhrases phrases,
            LinkLetters letters,
            Outbox outbox,
            LinkMetrics metrics,
            LinkSettings settings,
            Commits commits,
            Clock clock) {
        this.lock = lock;
        this.accounts = accounts;
        this.limiter = limiter;
        this.budgets = budgets;
        this.requests = requests;
        this.links = links;
        this.decoys = decoys;
        this.tokens = tokens;
        this.phrases = phrases;
        this.letters = letters;
        this.outbox = outbox;
        this.metrics = metrics;
        this.settings = settings;
        this.commits = commits;
        this.clock = clock;
    }

    /**
     * Records a request.
     *
     * <p>An account has two names, its address and its number. Where it is concealed, only how often the very same name
     * was asked for may show in the answer, as that is all there is to count for nobody's name; what then is too much
     * for the account becomes a decoy.
     *
     * @param wanted absent for a decoy: as much is written, but the link opens nothing and the mail goes nowhere
     * @param kind of the mail
     */
    RequestOutcome write(
            @Nullable UUID wanted,
            String subjectDigest,
            Caller caller,
            UnknownUser whenUnknown,
            LinkPurpose purpose,
            String kind) {
        return commits.write(
                OutcomeUnknown.Doing.REQUEST_LINK,
                status -> record(wanted, subjectDigest, caller, whenUnknown, purpose, kind),
                outcome -> outcome instanceof RequestOutcome.Accepted accepted
                        && requests.findById(accepted.requestId()).isPresent());
    }

    private RequestOutcome record(
            @Nullable UUID wanted,
            String subjectDigest,
            Caller caller,
            UnknownUser whenUnknown,
            LinkPurpose purpose,
            String kind) {
        // Two requests of one account must not both find the limit free. One that went meanwhile is nobody's.
        Optional<Account> account =
                Optional.ofNullable(wanted).flatMap(lock::lock).filter(Account::usable);
        UUID usable = account.map(Account::id).orElse(null);
        Instant now = clock.instant();
        boolean concealed = whenUnknown == UnknownUser.CONCEAL;
        Optional<RequestOutcome.LimitReached> limit = limit(
                caller,
                concealed || usable == null
                        ? () -> limiter.waitFor(subjectDigest, caller, now)
                        : () -> limiter.waitFor(usable, caller, now));
        if (limit.isPresent()) {
            metrics.limited();
            return limit.get();
        }
        UUID accountId = concealed
                        && usable != null
                        && limiter.waitFor(usable, caller, now).isPresent()
                ? null
                : usable;
        RequestOutcome.Accepted accepted = tell(accountId, subjectDigest, purpose, now);
        if (accountId != null) {
            account.filter(found -> !found.verified()).ifPresent(found -> accounts.noteUse(found.id(), now));
        }
        if (concealed) {
            outbox.addUnhurried(kind, accepted.requestId().toString());
        } else {
            outbox.add(kind, accepted.requestId().toString());
        }
        metrics.requested();
        return accepted;
    }

    /** Records a request for nobody whose link the caller is told, and of which no mail ever leaves. */
    @Transactional
    RequestOutcome.Accepted writeDecoy(String subjectDigest, LinkPurpose purpose) {
        return tell(null, subjectDigest, purpose, clock.instant());
    }

    private RequestOutcome.Accepted tell(
            @Nullable UUID accountId, String subjectDigest, LinkPurpose purpose, Instant now) {
        UUID requestId = UuidCreator.getTimeOrderedEpoch();
        String linkId = tokens.newLinkId(now);
        String phrase = phrases.next();
        requests.save(new LinkRequest(
                requestId,
                linkId,
                accountId,
                subjectDigest,
                purpose,
                phrase,
                LinkState.QUEUED,
                null,
                now,
                LinkRequest.hourOf(now),
                null,
                null));
        if (accountId == null) {
            decoys.save(new DecoyLink(linkId, requestId, purpose, now, now.plus(settings.linkLifetime())));
        } else {
            links.save(new MagicLink(linkId, requestId, accountId, purpose, now, null, letters.unsentUntil(now)));
        }
        return new RequestOutcome.Accepted(requestId, phrase);
    }

    /** Whoever comes without a key is counted first; what an account is refused costs an action key nothing. */
    private Optional<RequestOutcome.LimitReached> limit(Caller caller, Supplier<Optional<Duration>> ofSubject) {
        Supplier<Optional<RequestOutcome.LimitReached>> byCaller =
                () -> budgets.countLink(caller).map(wait -> new RequestOutcome.LimitReached(wait, true));
        Supplier<Optional<RequestOutcome.LimitReached>> bySubject =
                () -> ofSubject.get().map(RequestOutcome.LimitReached::new);
        return caller.address() == null
                ? bySubject.get().or(byCaller)
                : byCaller.get().or(bySubject);
    }
}
