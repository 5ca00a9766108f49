package dev.latchkey.magiclink;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.config.MailSettings;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.mail.Outbox;
import dev.latchkey.text.Resources;
import dev.latchkey.trace.Traces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a link with its history, its mail and what belongs to it, inside the transaction of the request. */
@Singleton
final class LinkIssuer {
    private final List<String> adjectives = Resources.words("adjectives");
    private final List<String> animals = Resources.words("animals");
    private final LinkRequests requests;
    private final MagicLinks links;
    private final LinkTokens tokens;
    private final Accounts accounts;
    private final Outbox outbox;
    private final LinkMetrics metrics;
    private final Traces traces;
    private final Duration lifetime;

    /** After that time a link ends whose mail was never accepted. */
    private final Duration unsentFor;

    private final SecureRandom random;

    LinkIssuer(
            LinkRequests requests,
            MagicLinks links,
            LinkTokens tokens,
            Accounts accounts,
            Outbox outbox,
            LinkMetrics metrics,
            Traces traces,
            LinkSettings settings,
            MailSettings mails,
            SecureRandom random) {
        this.requests = requests;
        this.links = links;
        this.tokens = tokens;
        this.accounts = accounts;
        this.outbox = outbox;
        this.metrics = metrics;
        this.traces = traces;
        this.lifetime = settings.linkLifetime();
        this.unsentFor = mails.mailGiveUpAfter().plus(lifetime);
        this.random = random;
    }

    /** @param owner absent for a decoy */
    LinkOutcome.Accepted issue(@Nullable Account owner, Wish wish, Caller caller, Instant now) {
        boolean undeliverable = owner != null && owner.undeliverable() && !wish.concealed();
        LinkOutcome.Accepted accepted = issue(
                owner == null ? null : owner.id(),
                wish.subjectDigest(),
                wish.purpose(),
                caller,
                now,
                null,
                undeliverable);
        if (owner != null || wish.purpose() == LinkPurpose.AUTHORIZE) {
            wish.along().accept(accepted.linkId());
        }
        if (owner != null && !owner.verified()) {
            accounts.noteUse(owner.id(), now);
        }
        if (wish.concealed()) {
            outbox.addUnhurried(wish.mail(), accepted.requestId().toString());
        } else {
            outbox.add(wish.mail(), accepted.requestId().toString());
        }
        metrics.requested();
        return accepted;
    }

    /** A decoy of which no mail ever leaves, so its lifetime starts at once. */
    LinkOutcome.Accepted issueDecoy(String subjectDigest, LinkPurpose purpose, Caller caller, Instant now) {
        return issue(null, subjectDigest, purpose, caller, now, now.plus(lifetime), false);
    }

    private LinkOutcome.Accepted issue(
            @Nullable UUID accountId,
            String subjectDigest,
            LinkPurpose purpose,
            Caller caller,
            Instant now,
            @Nullable Instant expiresAt,
            boolean undeliverable) {
        UUID requestId = UuidCreator.getTimeOrderedEpoch();
        traces.begins(requestId);
        String linkId = tokens.newLinkId(now);
        // By these a person knows which mail and which page belong to the request.
        String phrase = oneOf(adjectives) + " " + oneOf(animals);
        long hour = LinkRequest.hourOf(now);
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
                hour,
                null,
                null,
                caller.door(),
                caller.assistant(),
                caller.user(),
                caller.conversation()));
        links.save(new MagicLink(linkId, requestId, accountId, purpose, now, expiresAt, now.plus(unsentFor), null));
        return new LinkOutcome.Accepted(requestId, linkId, phrase, undeliverable);
    }

    /** Puts another link in the place of one that earlier copies of its mail may have shown to a mail server. */
    void renew(UUID requestId, Instant at) {
        String linkId = tokens.newLinkId(at);
        if (requests.markQueuedAgain(requestId, linkId) == 1) {
            links.renew(requestId, linkId, at.plus(unsentFor));
        }
    }

    private String oneOf(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    /**
     * What somebody asks for.
     *
     * @param subjectDigest of whom it is asked for
     * @param mail kind of the mail that brings it
     * @param concealed whether the answer must be the same for everybody
     * @param along writes what belongs to the link with this id
     */
    record Wish(String subjectDigest, LinkPurpose purpose, String mail, boolean concealed, Consumer<String> along) {
        /** Nothing belongs to the link. */
        Wish(String subjectDigest, LinkPurpose purpose, String mail, boolean concealed) {
            this(subjectDigest, purpose, mail, concealed, link -> {});
        }
    }
}
