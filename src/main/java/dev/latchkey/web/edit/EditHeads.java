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
import org.jspecify.annotations.Nullable;

/** Says what the head of the edit page tells about a link, and whose profile it opens. */
@Singleton
final class EditHeads {
    private final Texts texts;
    private final PhotoUrls photos;
    private final TypedTexts typed;
    private final Clock clock;

    EditHeads(@Named("messages") Texts texts, PhotoUrls photos, TypedTexts typed, Clock clock) {
        this.texts = texts;
        this.photos = photos;
        this.typed = typed;
        this.clock = clock;
    }

    /** @param ownPhoto that is kept with the link; absent where none is */
    EditPage.Link of(
            String action,
            ProfileView view,
            Inspection.@Nullable Open link,
            byte @Nullable [] ownPhoto,
            Locale locale) {
        Account account = view.account();
        return new EditPage.Link(
                action,
                account.email().value(),
                Integer.toString(account.pin()),
                // A link was mailed to the address it stands for.
                Standing.of(view, link != null, texts, locale),
                link == null ? null : link.matchPhrase(),
                link == null ? null : LinkEnd.of(link, clock.instant(), texts, locale),
                photos.onPageOrNull(view.profile().photoHash()),
                // Another photo has another address: browsers keep what they show.
                ownPhoto == null
                        ? null
                        : action + "/kept.jpg?" + Photo.of(ownPhoto).hash().substring(0, 8),
                link == null ? null : typed.nameOf(account.id()),
                view.hasPassphrase(),
                link != null && view.hasPassphrase() && !account.verified(),
                link == null ? null : link.provenance().assistant());
    }
}
