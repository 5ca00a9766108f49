package dev.latchkey.api.account;

import dev.latchkey.account.Account;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileView;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account and what it shows; {@code null} where there is nothing, version 0 before there is a profile. */
@Serdeable
record ProfileResponse(
        UUID id,
        String email,
        int pin,
        @Nullable String name,
        @Nullable String pronouns,
        @Nullable String nickname,
        @Nullable String bio,
        @Nullable String locale,
        @Nullable String photoUrl,

        String tier,
        boolean emailVerified,
        long version) {

    static ProfileResponse of(ProfileView view, PhotoUrls photos) {
        Account account = view.account();
        Profile profile = view.profile();
        return new ProfileResponse(
                account.id(),
                account.email().value(),
                account.pin(),
                profile.name(),
                profile.pronouns(),
                profile.nickname(),
                profile.bio(),
                profile.locale(),
                photos.urlOrNull(profile.photoHash()),
                account.tier().name(),
                account.verified(),
                profile.version());
    }
}
