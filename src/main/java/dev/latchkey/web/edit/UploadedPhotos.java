package dev.latchkey.web.edit;

import dev.latchkey.magiclink.Inspection;
import dev.latchkey.photo.Photo;
import dev.latchkey.profile.LoadOutcome.Loaded;
import dev.latchkey.profile.PhotoChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.proposal.Proposal;
import dev.latchkey.profile.proposal.Proposals;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * What becomes of the photo with each sending of a form behind a link. One that was uploaded is kept with the link before
 * anybody looks at the rest of the form, so that it need not be chosen again whatever was wrong.
 */
@Singleton
final class UploadedPhotos {
    private final ProfileEdits edits;
    private final Proposals proposals;

    UploadedPhotos(ProfileEdits edits, Proposals proposals) {
        this.edits = edits;
        this.proposals = proposals;
    }

    /** Takes in hand what a form says of the photo: what it brings counts most, and what was kept before counts least. */
    PhotoChange take(Loaded loaded, EditForm form) {
        Inspection.Open link = loaded.link();
        if (form.photo() != null) {
            PhotoChange received = edits.receive(link, form.photo());
            if (received instanceof PhotoChange.Ready ready) {
                proposals.keepOwn(link, ready.photo());
            }
            return received;
        }
        Optional<Proposal> waiting = proposals.of(link);
        Optional<byte[]> own = waiting.flatMap(draft -> Optional.ofNullable(draft.ownPhoto()));
        boolean dropped = form.dropPhoto() || form.removePhoto();
        if (dropped && own.isPresent()) {
            proposals.keepOwn(link, null);
        }
        Optional<byte[]> proposed =
                waiting.flatMap(draft -> Optional.ofNullable(draft.photo())).filter(draft -> form.takesProposedPhoto());
        if (proposed.isPresent()) {
            return new PhotoChange.Upload(proposed::get);
        }
        if (form.removePhoto()) {
            return new PhotoChange.Remove();
        }
        return own.filter(kept -> !dropped)
                .<PhotoChange>map(kept -> new PhotoChange.Ready(Photo.of(kept)))
                .orElseGet(PhotoChange.None::new);
    }

    /** What is kept, for whoever holds the link. */
    Optional<byte[]> kept(Inspection.Open link) {
        return proposals.of(link).flatMap(draft -> Optional.ofNullable(draft.ownPhoto()));
    }

    /** What an assistant proposed, in the same way. */
    Optional<byte[]> proposed(Inspection.Open link) {
        return proposals.of(link).flatMap(draft -> Optional.ofNullable(draft.photo()));
    }
}
