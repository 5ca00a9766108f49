package dev.latchkey.assistant;

import dev.latchkey.assistant.AssistantLinks.InitResponse;
import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.oauth.Grant;
import dev.latchkey.photo.Photo;
import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.PassphraseChoice;
import dev.latchkey.profile.PhotoChange;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.profile.proposal.Proposal;
import dev.latchkey.profile.proposal.Proposals;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Drafts of assistants that were let in: for their grant's own account and no other, mailed like any draft, and shown on a
 * card on which the owner may save at once.
 *
 * <p>The card proves itself by a key that only it is told: an HMAC over grant, request and version. It is good for as long
 * as the draft's link is, as a Save uses that up.
 */
@Singleton
public final class GrantDrafts {
    private static final LinkPurpose PURPOSE = LinkPurpose.EDIT_PROFILE;

    private final AssistantLinks links;
    private final AssistantTexts texts;
    private final OwnProfiles profiles;
    private final ProfileEdits edits;
    private final Proposals proposals;
    private final LinkInspector inspector;
    private final LinkTokens tokens;
    private final KeyedDigest keys;

    GrantDrafts(
            AssistantLinks links,
            AssistantTexts texts,
            OwnProfiles profiles,
            ProfileEdits edits,
            Proposals proposals,
            LinkInspector inspector,
            LinkTokens tokens,
            ServerSecret secret) {
        this.links = links;
        this.texts = texts;
        this.profiles = profiles;
        this.edits = edits;
        this.proposals = proposals;
        this.inspector = inspector;
        this.tokens = tokens;
        this.keys = secret.tokenMac("draft-card");
    }

    /** Who asks for a grant's drafts. */
    public static Caller callerOf(Grant grant) {
        return Caller.grant(grant.id(), grant.client());
    }

    /**
     * Mails a draft to the grant's own account.
     *
     * @param proposal of one field at least
     * @param caller as {@link #callerOf} has it
     * @throws ProblemException when nothing was mailed
     */
    public Drafted propose(Grant grant, Proposal proposal, Caller caller) {
        if (proposal.fields().isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, texts.text("propose.nothing"));
        }
        ProfileView seen = profiles.find(grant.account().id())
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemType.USER_NOT_FOUND)));
        InitResponse told =
                links.request(seen.account().email().value(), null, "", caller, UnknownUser.REPORT, proposal);
        String key = key(grant, told.requestId(), seen.profile().version());
        return new Drafted(told, proposal, seen, key);
    }

    /**
     * Saves some fields of a draft, or all of them, by the click of its owner on the card.
     *
     * @param fields empty for all
     * @throws ProblemException when the call did not come from the card, or names what was not proposed
     */
    public SaveOutcome save(Grant grant, UUID requestId, long version, String key, Set<ProfileField> fields) {
        if (!isEqual(key(grant, requestId, version), key)) {
            throw new ProblemException(ProblemType.FORBIDDEN, texts.text("draft.key"));
        }
        Optional<String> linkId = inspector.linkOf(requestId, PURPOSE);
        Optional<Proposal> draft = linkId.flatMap(proposals::findByLinkId);
        String token = linkId.map(id -> tokens.mint(id, PURPOSE)).orElse("");
        if (draft.isEmpty()) {
            // It dies with its link.
            return inspector.inspect(token, PURPOSE) instanceof Inspection.Refused refused
                    ? new SaveOutcome.LinkRefused(refused)
                    : new SaveOutcome.LinkRefused(Inspection.Refused.unknown());
        }
        if (!draft.get().fields().containsAll(fields)) {
            throw new ProblemException(
                    Problem.ofField(ProblemType.INVALID_REQUEST, "fields", texts.text("draft.fields")));
        }
        ProfileChange change =
                change(draft.get(), fields.isEmpty() ? draft.get().fields() : fields, version);
        if (!grant.account().verified() && change.texts().containsKey(ProfileField.NICKNAME)) {
            return new ChangeRefused.InvalidFields(
                    List.of(new InvalidField(ProfileField.NICKNAME, InvalidField.Reason.UNCONFIRMED)));
        }
        return edits.save(token, new ProfileEdits.Chat(grant.account().id(), grant.id(), grant.client()), change);
    }

    private static ProfileChange change(Proposal draft, Set<ProfileField> fields, long version) {
        Map<ProfileField, String> chosen = new EnumMap<>(ProfileField.class);
        chosen.putAll(draft.texts());
        chosen.keySet().retainAll(fields);
        byte[] jpeg = draft.photo();
        PhotoChange photo = jpeg == null || !fields.contains(ProfileField.PHOTO)
                ? new PhotoChange.None()
                : new PhotoChange.Ready(Photo.of(jpeg));
        return new ProfileChange(chosen, photo, new PassphraseChoice.None(), Set.of(version), Map.of());
    }

    private String key(Grant grant, UUID requestId, long version) {
        return keys.of(grant.id() + '\0' + requestId + '\0' + version);
    }

    private static boolean isEqual(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A draft that was mailed.
     *
     * @param told what the assistant is told; names of fields, no values
     * @param seen the profile as it was then
     * @param key that the card proves itself with
     */
    public record Drafted(InitResponse told, Proposal proposal, ProfileView seen, String key) {}
}
