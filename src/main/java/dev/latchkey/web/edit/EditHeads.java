package dev.latchkey.web.edit;

import dev.latchkey.account.Account;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.profile.typed.TypedTexts;
import dev.latchkey.text.Texts;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;

/** Says what the head of the edit page tells about a link, and whose profile it opens. */
@Singleton
final class EditHeads {
    private final Texts texts;
    private final PhotoUrls photos;
    private final UploadedPhotos uploads;
    private final TypedTexts typed;
    private final Clock clock;

    EditHeads(@Named("messages") Texts texts, PhotoUrls photos, UploadedPhotos uploads, TypedTexts typed, Clock clock) {
        this.texts = texts;
        this.photos = photos;
        this.uploads = uploads;
        this.typed = typed;
        this.clock = clock;
    }

    EditPage.Link of(EditPage.Place place, ProfileView view, Locale locale) {
        Account account = view.account();
        Inspection.Open link = place.link();
        return new EditPage.Link(
                place.action(),
                account.email().value(),
                Integer.toString(account.pin()),
                // A link was mailed to the address it stands for.
                Standing.of(view, link != null, texts, locale),
                link == null ? null : link.matchPhrase(),
                link == null ? null : LinkEnd.of(link, clock.instant(), texts, locale),
                photos.onPageOrNull(view.profile().photoHash()),
                // Another photo has another address: browsers keep what they show.
                uploads.kept(place)
                        .map(kept -> place.action() + "/kept.jpg?"
                                + Photo.of(kept).hash().substring(0, 8))
                        .orElse(null),
                link == null ? null : typed.nameOf(account.id()),
                view.hasPassphrase(),
                link != null && view.hasPassphrase() && !account.verified(),
                link == null ? null : link.provenance().assistant());
    }
}
