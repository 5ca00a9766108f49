package dev.latchkey.profile;

import dev.latchkey.photo.PhotoReferences;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.photo.PhotoStoreUnavailable;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the sweeper which photos profiles still show, and removes that of somebody who leaves. */
@Singleton
public final class ProfilePhotos implements PhotoReferences {
    private static final Logger LOG = LoggerFactory.getLogger(ProfilePhotos.class);

    private final Profiles profiles;
    private final PhotoStore store;

    ProfilePhotos(Profiles profiles, PhotoStore store) {
        this.profiles = profiles;
        this.store = store;
    }

    @Override
    public Set<String> referenced(Collection<String> hashes) {
        return new HashSet<>(profiles.photosAmong(hashes));
    }

    /** The photo that an account shows; empty when it shows none. */
    public Optional<String> of(UUID accountId) {
        return profiles.find(accountId).map(Profile::photoHash);
    }

    /** Deletes the photo of somebody who left, unless somebody else shows the same; what fails is swept later. */
    public void deleteUnlessShown(String hash) {
        try {
            if (referenced(List.of(hash)).isEmpty()) {
                store.delete(hash);
            }
        } catch (PhotoStoreUnavailable e) {
            LOG.warn("A photo could not be deleted with its account; the sweeper will", e);
        }
    }
}
