package dev.latchkey.profile;

import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.photo.PhotoSource;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.ChangePreparation.Prepared;
import dev.latchkey.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Load and Save: looks at a profile through a magic link, and changes it once.
 *
 * <p>Everything slow (decoding the photo, hashing the passphrase) happens before the one transaction. A failure before it
 * costs nothing; the photo it may leave behind is seen by nobody, and swept.
 */
@Singleton
public class ProfileEdits {
    static final LinkPurpose PURPOSE = LinkPurpose.EDIT_PROFILE;

    private final LinkInspector links;
    private final LinkStatusService statuses;
    private final Profiles profiles;
    private final ChangePreparation preparation;
    private final SaveTransaction transaction;
    private final Photos photos;
    private final MeterRegistry meters;
    private final Traces traces;

    ProfileEdits(
            LinkInspector links,
            LinkStatusService statuses,
            Profiles profiles,
            ChangePreparation preparation,
            SaveTransaction transaction,
            Photos photos,
            MeterRegistry meters,
            Traces traces) {
        this.links = links;
        this.statuses = statuses;
        this.profiles = profiles;
        this.preparation = preparation;
        this.transaction = transaction;
        this.photos = photos;
        this.meters = meters;
        this.traces = traces;
    }

    /** Looks at what a token opens; any number of times, never consumes it. */
    @ReadOnly
    public LoadOutcome load(String token) {
        return traces.step("load", () -> switch (links.inspect(token, PURPOSE)) {
            case Inspection.Refused refused -> new LoadOutcome.LinkRefused(refused);
            case Inspection.Open open -> new LoadOutcome.Loaded(open, profiles.viewOf(open.account()));
        });
    }

    /** Changes the profile that a token opens, and consumes the token with it; both or neither. */
    public SaveOutcome save(String token, ProfileChange change) {
        return save(token, loaded -> change);
    }

    /**
     * The same for a caller who wants to know what the link opens, or whose change depends on it.
     *
     * @param change asked for before anything is written; not at all where the link opens nothing
     */
    public SaveOutcome save(String token, Function<LoadOutcome.Loaded, ProfileChange> change) {
        return save(token, null, change);
    }

    /**
     * The same for an owner who clicks in a chat, beside what was drafted for them there. Of that click, the link that was
     * mailed with the draft and every other draft of the account one wins.
     *
     * @param token of the link that was mailed with the draft
     * @param change without a word about the passphrase
     */
    public SaveOutcome save(String token, Chat chat, ProfileChange change) {
        return save(token, chat, loaded -> change);
    }

    /**
     * Counts an upload and makes a portrait of it, before anybody looks at what came with it, so that it can be kept
     * whatever becomes of that.
     */
    public PhotoChange receive(UUID accountId, PhotoSource upload) {
        return preparation
                .countUpload(accountId)
                .<PhotoChange>map(PhotoChange.Refused::new)
                .orElseGet(() -> preparation.look(upload, accountId));
    }

    private SaveOutcome save(String token, @Nullable Chat chat, Function<LoadOutcome.Loaded, ProfileChange> change) {
        SaveOutcome outcome = switch (load(token)) {
            case LoadOutcome.LinkRefused refused -> {
                statuses.noteRanOut();
                yield new SaveOutcome.LinkRefused(refused.refusal());
            }
            case LoadOutcome.Loaded loaded -> save(loaded.link(), token, chat, loaded.view(), change.apply(loaded));
        };
        count(outcome);
        return outcome;
    }

    private void count(SaveOutcome outcome) {
        String result = switch (outcome) {
            case SaveOutcome.Saved saved -> "saved";
            case SaveOutcome.Unchanged unchanged -> "unchanged";
            case SaveOutcome.LinkRefused refused ->
                "link-" + refused.refusal().reason().name().toLowerCase(Locale.ROOT);
            case ChangeRefused.InvalidFields invalid -> "invalid-fields";
            case ChangeRefused.PhotoRefused photo -> "photo-refused";
            case ChangeRefused.TooManyUploads many -> "too-many-uploads";
            case SaveOutcome.VersionConflict conflict -> "version-conflict";
        };
        meters.counter("latchkey.saves", "result", result).increment();
    }

    private SaveOutcome save(
            Inspection.Open link, String token, @Nullable Chat chat, ProfileView stored, ProfileChange change) {
        Optional<ChangeRefused.TooManyUploads> tooMany = preparation.countUpload(change, link.accountId());
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        return switch (traces.step("prepare", () -> preparation.prepare(change, stored, true))) {
            case Prepared.Refused refused -> refused.why();
            case Prepared.Stale stale -> stale(token, stored, stale.change().disputed(stored.profile()));
            case Prepared.Valid valid -> {
                SaveOutcome outcome = write(link, token, chat, valid);
                if (outcome instanceof SaveOutcome.Saved saved
                        && saved.changed().contains(ProfileField.PHOTO)) {
                    photos.changed(saved.photoBefore(), valid.photo());
                }
                yield outcome;
            }
        };
    }

    /** The version may be stale because another request with this very link has just saved. */
    private SaveOutcome stale(String token, ProfileView stored, Set<ProfileField> disputed) {
        return switch (links.inspect(token, PURPOSE)) {
            case Inspection.Refused refused -> new SaveOutcome.LinkRefused(refused);
            case Inspection.Open open -> new SaveOutcome.VersionConflict(open, stored, disputed);
        };
    }

    private SaveOutcome write(Inspection.Open link, String token, @Nullable Chat chat, Prepared.Valid valid) {
        try {
            return transaction
                    .write(link, chat, valid.change(), valid.passphrase())
                    .orElseGet(() -> lost(token, chat, valid));
        } catch (DataAccessException e) {
            return preparation.refusedBy(e, valid.change(), link.accountId());
        }
    }

    /** Another request with the same token, or another link of the account, was faster. */
    private SaveOutcome lost(String token, @Nullable Chat chat, Prepared.Valid valid) {
        return switch (links.inspect(token, PURPOSE)) {
            case Inspection.Refused refused -> new SaveOutcome.LinkRefused(refused);
            // Gone for the transaction, and open again for us: the clock went back, or whatever it was is over.
            case Inspection.Open open ->
                transaction
                        .write(open, chat, valid.change(), valid.passphrase())
                        .orElseGet(() -> new SaveOutcome.LinkRefused(Inspection.Refused.unknown()));
        };
    }

    /**
     * Where somebody clicks who came by no link, and so proves no mailbox.
     *
     * @param session of the assistant that they let in; nothing is written once it was ended
     * @param client what people know the assistant by
     */
    public record Chat(UUID accountId, String session, String client) {}
}
