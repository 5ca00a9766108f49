package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.database.RestoredRows;
import dev.latchkey.database.StoredAsText;
import dev.latchkey.mail.Outbox;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The links of an account that still open something, for its owner to look through, to end and to give more time. */
@Singleton
public class OpenLinks implements RestoredRows {
    /** What a link is given each time that somebody needs more. */
    public static final Duration MORE = Duration.ofMinutes(15);

    /** How long a link lives at most that is given more time, counted from when its life began. */
    public static final Duration LONGEST = Duration.ofHours(2);

    private final LinkRequests requests;
    private final MagicLinks links;
    private final AccountLock lock;
    private final Outbox outbox;
    private final Clock clock;

    OpenLinks(LinkRequests requests, MagicLinks links, AccountLock lock, Outbox outbox, Clock clock) {
        this.requests = requests;
        this.links = links;
        this.lock = lock;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** When a link ends at the latest whose life began then: a lifetime that is longer is nobody's to lengthen. */
    static Instant longest(Instant began, Duration lifetime) {
        return began.plus(lifetime.compareTo(LONGEST) > 0 ? lifetime : LONGEST);
    }

    /**
     * Gives an open link {@link #MORE} time, as often as asked, until it is {@link #LONGEST} that it has lived: counted
     * from when the mail server accepted its mail or that mail was given up. Before that its life has not begun, and
     * nothing is given. What ran out, was used or withdrawn meanwhile stays so, and of two that ask at once for more one
     * is heard: the other asked for what it has.
     *
     * @return whether it ends later than it did when it was looked at
     */
    @Transactional
    public boolean prolong(Inspection.Open link) {
        Instant longest = link.longestUntil();
        if (longest == null || !link.hasMoreTime()) {
            return false;
        }
        Instant seen = link.expiresAt();
        Instant wanted = seen.plus(MORE);
        Instant end = wanted.isBefore(longest) ? wanted : longest;
        Instant now = clock.instant();
        // Requests before links, as the acceptance of a mail writes them.
        return lock.lock(link.accountId()).filter(Account::usable).isPresent()
                && links.prolongRequest(link.requestId(), link.linkId(), seen, end, now) == 1
                && links.prolong(link.linkId(), seen, end, now) == 1;
    }

    /** All of them, the newest first. */
    public List<OpenLink> of(UUID accountId) {
        return requests.findOpen(accountId, clock.instant());
    }

    /** Withdraws one; empty when the account has none open of this request. The account is locked by then. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<OpenLink> end(UUID accountId, UUID requestId) {
        Optional<OpenLink> open = of(accountId).stream()
                .filter(link -> link.id().equals(requestId))
                .findFirst()
                .filter(link -> requests.markRevoked(requestId, accountId, clock.instant()) == 1);
        open.ifPresent(link -> links.deleteByRequestId(requestId));
        return open;
    }

    /** None opens anything any more, and no mail that waits brings one to somebody who asked for it long ago. */
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void restored(Instant now) {
        links.revokeAllRequests(now);
        links.deleteAll();
        outbox.withdrawKinds(LinkMail.KINDS);
    }

    /**
     * A link, without anything that opens it.
     *
     * @param id of the request that it came from
     * @param assistant who asked for it; absent where it was no assistant with a name
     * @param endsAt when it ends by itself
     */
    @MappedEntity
    public record OpenLink(
            @StoredAsText UUID id,
            LinkPurpose purpose,
            String matchPhrase,
            Caller.Door door,
            @Nullable String assistant,
            @TypeDef(type = DataType.TIMESTAMP) Instant createdAt,
            @TypeDef(type = DataType.TIMESTAMP) Instant endsAt) {}
}
