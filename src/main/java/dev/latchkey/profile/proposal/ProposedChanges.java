package dev.latchkey.profile.proposal;

import dev.latchkey.magiclink.Inspection;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileInput;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Drafts from the chat, kept with the link that shows them. */
@Singleton
public class ProposedChanges {
    private final Proposals proposals;

    ProposedChanges(Proposals proposals) {
        this.proposals = proposals;
    }

    /**
     * Reads a draft by the rules of Save. Whether a nickname is free is asked then, as the answer would tell whose
     * account this is about. Models send empty strings for what they do not know: they propose nothing.
     *
     * @param refused where the fields go that could never be kept
     */
    public Proposal parse(
            @Nullable String locale,
            @Nullable String bio,
            @Nullable String name,
            @Nullable String nickname,
            List<InvalidField> refused) {
        ProfileInput input = new ProfileInput(
                null, presence(locale), null, presence(bio), presence(name), presence(nickname), null, false, false);
        ProfileChange change = ProfileChange.parse(input, refused);
        return new Proposal(
                "",
                change.locale().over(null),
                change.bio().over(null),
                change.name().over(null),
                change.nickname().over(null),
                null);
    }

    /** Keeps a draft with the link of this id, in the transaction that writes the link. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(String linkId, Proposal draft) {
        proposals.save(draft.of(linkId));
    }

    /** What was proposed with a link; empty when nothing was. */
    public Optional<Proposal> of(Inspection.Open link) {
        return proposals.findByLinkId(link.linkId());
    }

    /** The portrait that was proposed with a link, as JPEG; empty when none was. */
    public Optional<byte[]> photoOf(Inspection.Open link) {
        return of(link).flatMap(proposal -> Optional.ofNullable(proposal.photo()));
    }

    private static @Nullable String presence(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
