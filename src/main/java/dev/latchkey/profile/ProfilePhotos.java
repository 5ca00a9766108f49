package dev.latchkey.profile;

import dev.latchkey.photo.PhotoReferences;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Tells the sweeper which photos profiles still show. */
@Singleton
final class ProfilePhotos implements PhotoReferences {
    private final Profiles profiles;

    ProfilePhotos(Profiles profiles) {
        this.profiles = profiles;
    }

    @Override
    public Set<String> referenced(Collection<String> hashes) {
        return new HashSet<>(profiles.photosAmong(hashes));
    }
}
