package dev.latchkey.profile.proposal;

import dev.latchkey.magiclink.Inspection;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Drafts from the chat, kept with the link that shows them. */
@Singleton
public class ProposedChanges {
    private final Proposals proposals;

    ProposedChanges(Proposals proposals) {
        this.proposals = proposals;
    }

    /** Keeps a draft with the link of this id, in the transaction that writes the link. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(String linkId, Proposal draft) {
        proposals.save(draft.with(linkId));
    }

    /** What was proposed with a link; empty when nothing was. */
    public Optional<Proposal> of(Inspection.Open link) {
        return proposals.findByLinkId(link.linkId());
    }

    /** The portrait that was proposed with a link, as JPEG; empty when none was. */
    public Optional<byte[]> photoOf(Inspection.Open link) {
        return of(link).flatMap(proposal -> Optional.ofNullable(proposal.photo()));
    }
}
