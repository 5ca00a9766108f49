package dev.latchkey.magiclink;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.AccountLock;
import dev.latchkey.mail.Outbox;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one transaction of a request: limits, story, link and mail are written together or not at all. */
@Singleton
class LinkRequestRecorder {
    private final AccountLock lock;
    private final LinkLimiter limiter;
    private final LinkRequests requests;
    private final MagicLinks links;
    private final LinkTokens tokens;
    private final MatchPhrases phrases;
    private final Outbox outbox;
    private final LinkMetrics metrics;
    private final Clock clock;

    LinkRequestRecorder(
            AccountLock lock,
            LinkLimiter limiter,
            LinkRequests requests,
            MagicLinks links,
            LinkTokens tokens,
            MatchPhrases phrases,
            Outbox outbox,
            LinkMetrics metrics,
            Clock clock) {
        this.lock = lock;
        this.limiter = limiter;
        this.requests = requests;
        this.links = links;
        this.tokens = tokens;
        this.phrases = phrases;
        this.outbox = outbox;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Records a request.
     *
     * @param accountId absent for a decoy: everything but the link itself is written, and no mail leaves
     * @param kind of the mail
     */
    @Transactional
    RequestOutcome write(
            @Nullable UUID accountId, String subjectDigest, Caller caller, LinkPurpose purpose, String kind) {
        if (accountId != null) {
            // Two requests of one account must not both find the limit free.
            lock.lock(accountId);
        }
        Instant now = clock.instant();
        Optional<Duration> wait = limiter.count(subjectDigest, caller, now);
        if (wait.isPresent()) {
            metrics.limited();
            return new RequestOutcome.LimitReached(wait.get());
        }
        UUID requestId = UuidCreator.getTimeOrderedEpochPlus1();
        String linkId = tokens.newLinkId();
        String phrase = phrases.next();
        requests.save(new LinkRequest(
                requestId, linkId, accountId, subjectDigest, purpose, phrase, LinkState.QUEUED, null, now, null, null));
        if (accountId != null) {
            links.save(new MagicLink(linkId, requestId, accountId, purpose, now, null));
        }
        outbox.add(kind, requestId.toString(), null);
        metrics.requested();
        return new RequestOutcome.Accepted(requestId, phrase);
    }
}
