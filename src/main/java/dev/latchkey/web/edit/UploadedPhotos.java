package dev.latchkey.web.edit;

import dev.latchkey.magiclink.Inspection;
import dev.latchkey.photo.Photo;
import dev.latchkey.profile.PhotoChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.proposal.Proposals;
import dev.latchkey.profile.typed.KeptPhotos;
import dev.latchkey.web.edit.EditPage.Place;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * What becomes of the photo with each sending of a profile's form. One that was uploaded is kept with the link or the session
 * before anybody looks at the rest of the form, so that it need not be chosen again whatever was wrong.
 */
@Singleton
public final class UploadedPhotos {
    private final ProfileEdits edits;
    private final Proposals proposals;
    private final KeptPhotos kept;

    UploadedPhotos(ProfileEdits edits, Proposals proposals, KeptPhotos kept) {
        this.edits = edits;
        this.proposals = proposals;
        this.kept = kept;
    }

    /** Takes in hand what a form says of the photo: what it brings counts most, and what was kept before counts least. */
    public PhotoChange take(Place place, EditForm form) {
        if (form.photo() != null) {
            PhotoChange received = edits.receive(place.stored().accountId(), form.photo());
            if (received instanceof PhotoChange.Ready ready) {
                keep(place, ready.photo().jpeg());
            }
            return received;
        }
        boolean dropped = form.dropPhoto() || form.removePhoto();
        if (dropped && form.keptPhoto()) {
            kept.forget(place.holder());
        }
        Inspection.Open link = place.link();
        Optional<byte[]> proposed = link != null && form.takesProposedPhoto() ? proposed(link) : Optional.empty();
        if (form.removePhoto() && proposed.isEmpty()) {
            return new PhotoChange.Remove();
        }
        return proposed.or(() -> form.keptPhoto() && !dropped ? kept.find(place.holder()) : Optional.empty())
                .<PhotoChange>map(jpeg -> new PhotoChange.Ready(Photo.of(jpeg)))
                .orElseGet(PhotoChange.None::new);
    }

    private void keep(Place place, byte[] jpeg) {
        if (place.link() == null) {
            kept.keepWithSession(place.holder(), jpeg);
        } else {
            kept.keepWithLink(place.holder(), jpeg);
        }
    }

    /** Forgets what came with a form that is stored now; where a link brought it, it goes with the link. */
    public void forget(Place place, EditForm form) {
        if (form.photo() != null || form.keptPhoto()) {
            kept.forget(place.holder());
        }
    }

    /** What is kept, for whoever holds the link or the session. */
    public Optional<byte[]> kept(Place place) {
        return kept.find(place.holder());
    }

    /** What an assistant proposed, for whoever holds the link. */
    Optional<byte[]> proposed(Inspection.Open link) {
        return proposals.of(link).flatMap(draft -> Optional.ofNullable(draft.photo()));
    }
}
