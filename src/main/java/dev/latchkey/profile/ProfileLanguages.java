package dev.latchkey.profile;

import dev.latchkey.account.PreferredLanguages;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The language of a profile is the language its owner reads. */
@Singleton
final class ProfileLanguages implements PreferredLanguages {
    private final Profiles profiles;

    ProfileLanguages(Profiles profiles) {
        this.profiles = profiles;
    }

    @Override
    public Optional<Locale> of(UUID accountId) {
        return profiles.find(accountId).map(Profile::locale).map(Locale::forLanguageTag);
    }
}
