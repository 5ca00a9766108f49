package dev.latchkey.magiclink;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.UUID;

/** Consumes links, always inside the transaction of the work that the link allows. */
@Singleton
public class LinkClaims {
    private final MagicLinks links;
    private final LinkRequests requests;
    private final Clock clock;

    LinkClaims(MagicLinks links, LinkRequests requests, Clock clock) {
        this.links = links;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Takes the link away from everybody else.
     *
     * @return false when it was used, revoked or ran out in the meantime; then nothing may be written
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean claim(Inspection.Open link) {
        return links.claim(link.linkId(), clock.instant()) == 1;
    }

    /** Writes the end of the story of a claimed link, and revokes the account's other links of the same purpose. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void finish(Inspection.Open link, LinkPurpose purpose, Collection<String> changed) {
        requests.markSaved(link.requestId(), String.join(",", changed), clock.instant());
        revokeAll(link.accountId(), purpose);
    }

    /** Withdraws the account's links of one purpose. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void revokeAll(UUID accountId, LinkPurpose purpose) {
        requests.markRevoked(accountId, purpose, clock.instant());
        links.deleteOfAccount(accountId, purpose);
    }

    /** Withdraws all links of an account that goes. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void revokeAll(UUID accountId) {
        for (LinkPurpose purpose : LinkPurpose.values()) {
            revokeAll(accountId, purpose);
        }
    }
}
