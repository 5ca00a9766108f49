package dev.latchkey.api.action;

import dev.latchkey.magiclink.Inspection;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileView;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a magic link opens; {@code null} where there is nothing. */
@Serdeable
record LoadResponse(
        String email,
        int pin,
        @Nullable String name,
        @Nullable String nickname,
        @Nullable String locale,
        @Nullable String bio,
        @Nullable String photoUrl,
        boolean hasPassphrase,
        String tier,
        long version,
        Instant expiresAt,
        String matchPhrase) {

    static LoadResponse of(Inspection.Open link, ProfileView view, PhotoUrls photos) {
        Profile profile = view.profile();
        return new LoadResponse(
                view.account().email().value(),
                view.account().pin(),
                profile.name(),
                profile.nickname(),
                profile.locale(),
                profile.bio(),
                photos.urlOrNull(profile.photoHash()),
                view.hasPassphrase(),
                view.account().tier().name(),
                profile.version(),
                link.expiresAt(),
                link.matchPhrase());
    }
}
