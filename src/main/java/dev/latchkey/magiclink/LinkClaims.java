package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.ServerSecret;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Consumes links, always inside the transaction of the work that the link allows. */
@Singleton
public class LinkClaims {
    /** Ids in one statement. */
    private static final int STEP = 500;

    private final MagicLinks links;
    private final LinkRequests requests;
    private final LinkTokens tokens;
    private final Optional<LinkRequests.Locked> locked;
    private final KeyedDigest digests;
    private final Clock clock;

    LinkClaims(
            MagicLinks links,
            LinkRequests requests,
            LinkTokens tokens,
            Optional<LinkRequests.Locked> locked,
            ServerSecret secret,
            Clock clock) {
        this.links = links;
        this.requests = requests;
        this.tokens = tokens;
        this.locked = locked;
        this.digests = secret.mac("subject-digest");
        this.clock = clock;
    }

    /**
     * Whether the link can still be claimed, asked inside the transaction: whoever is told that it lives on must not be
     * told so of a link that another request has just used.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean isOpen(Inspection.Open link) {
        return links.findById(link.linkId())
                .filter(found -> found.openAt(clock.instant()))
                .isPresent();
    }

    /**
     * Takes the link away from everybody else. The account is locked by then.
     *
     * @return false when it was used, revoked or ran out in the meantime; then nothing may be written
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean claim(Inspection.Open link) {
        // Requests before links, as the acceptance of a mail writes them: the other way round each would wait for the
        // other.
        locked.ifPresent(histories -> histories.allOf(link.accountId()));
        return links.claim(link.linkId(), clock.instant()) == 1;
    }

    /**
     * Uses a decoy up, outside any transaction: there is nothing else to write.
     *
     * @return false when the token is no decoy, or is used up already
     */
    public boolean claimDecoy(String token, LinkPurpose purpose) {
        return tokens.linkIdOf(token, purpose)
                .filter(id -> links.claimDecoy(id, clock.instant()) == 1)
                .isPresent();
    }

    /**
     * Writes the end of the history of a claimed link, and revokes the account's other links of the same purpose.
     *
     * @param at when; {@link #endedAt} knows it again
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void finish(Inspection.Open link, LinkPurpose purpose, Collection<String> changed, Instant at) {
        requests.markSaved(link.requestId(), String.join(",", changed), link.accountId(), purpose, at);
        links.deleteOpenOf(link.accountId(), Set.of(purpose), at);
    }

    /** Whether a link was used at that very moment, and so by whoever claimed it then. */
    public boolean endedAt(Inspection.Open link, Instant at) {
        return requests.findById(link.requestId())
                .filter(request -> request.state() == LinkState.SAVED && at.equals(request.endedAt()))
                .isPresent();
    }

    /** Withdraws the link of one request, a decoy too. Its account is locked by then, where it has one. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void withdraw(UUID requestId) {
        requests.markWithdrawn(requestId, LinkState.UNUSED, clock.instant());
        links.deleteByRequestId(requestId);
    }

    /** Withdraws the account's links of one purpose. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void revokeAll(UUID accountId, LinkPurpose purpose) {
        revoke(accountId, Set.of(purpose));
    }

    /** Withdraws all links of an account, whatever they open. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void revokeAll(UUID accountId) {
        locked.ifPresent(histories -> histories.allOf(accountId));
        revoke(accountId, EnumSet.allOf(LinkPurpose.class));
    }

    private void revoke(UUID accountId, Set<LinkPurpose> purposes) {
        Instant now = clock.instant();
        requests.markRevoked(accountId, purposes, now);
        links.deleteOpenOf(accountId, purposes, now);
    }

    /** Notes that what was saved with a request was taken back; the account is locked by then. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void noteUndone(UUID requestId) {
        requests.markUndone(requestId);
    }

    /** What was asked for by an account or in its name, for when it goes: what its mails are about. */
    public List<String> historyOf(Account account) {
        List<String> names = Stream.of(
                        new Subject.ByEmail(account.email()).name(),
                        new Subject.ByPin(new Pin(account.pin())).name(),
                        Subject.nameOf(account.id()))
                .map(digests::of)
                .toList();
        return requests.idsOf(account.id(), names, LinkRequest.hoursUntil(clock.instant(), LinkRequests.KEPT));
    }

    /**
     * Withdraws all links of an account that goes. The history stays for who has an old link or asks for the state of a
     * request; it holds nothing by which anybody could tell whose it was. The account is locked, and its mails are
     * withdrawn by then, as the acceptance of a mail writes that before requests and links.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void forget(UUID accountId, List<String> history) {
        revokeAll(accountId);
        forget(history);
    }

    /**
     * Takes an address that is an account's no more out of what was asked for in its name. What was the account's stays so,
     * for its owner to see.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void forget(EmailAddress address) {
        String name = digests.of(new Subject.ByEmail(address).name());
        // One by one, in the order in which the acceptance of several mails writes them.
        requests.idsNamed(name, LinkRequest.hoursUntil(clock.instant(), LinkRequests.KEPT))
                .forEach(requests::forgetName);
    }

    private void forget(List<String> history) {
        for (int i = 0; i < history.size(); i += STEP) {
            requests.forget(history.subList(i, Math.min(i + STEP, history.size())));
        }
    }
}
