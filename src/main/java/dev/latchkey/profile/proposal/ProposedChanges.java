package dev.latchkey.profile.proposal;

import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.RequestOutcome;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileInput;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests for a link that come with a draft from the chat. */
@Singleton
public class ProposedChanges {
    private final LinkRequestService links;
    private final LinkStatusService statuses;
    private final Proposals proposals;
    private final Commits commits;

    ProposedChanges(LinkRequestService links, LinkStatusService statuses, Proposals proposals, Commits commits) {
        this.links = links;
        this.statuses = statuses;
        this.proposals = proposals;
        this.commits = commits;
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

    /** As {@link LinkRequestService#request}; the draft is kept with the link in the same transaction, or neither. */
    public RequestOutcome request(Subject subject, Caller caller, UnknownUser whenUnknown, Proposal draft) {
        return commits.write(
                OutcomeUnknown.Doing.REQUEST_LINK,
                status -> record(subject, caller, whenUnknown, draft),
                outcome -> outcome instanceof RequestOutcome.Accepted accepted
                        && statuses.statusOf(accepted.requestId()).isPresent());
    }

    private RequestOutcome record(Subject subject, Caller caller, UnknownUser whenUnknown, Proposal draft) {
        RequestOutcome outcome = links.request(subject, caller, whenUnknown);
        if (outcome instanceof RequestOutcome.Accepted accepted
                && !draft.fields().isEmpty()) {
            proposals.linkOf(accepted.requestId()).map(draft::of).ifPresent(proposals::save);
        }
        return outcome;
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
