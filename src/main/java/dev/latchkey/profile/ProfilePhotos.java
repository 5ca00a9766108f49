package dev.latchkey.profile;

import dev.latchkey.config.PhotoSettings;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoReferences;
import dev.latchkey.photo.PhotoStore;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which photos profiles show, and so which can be seen: a photo is stored before the save that shows it, and everybody
 * knows the address of a picture they have. What a profile shows is never removed; the sweeper does all deleting, with
 * its grace for saves that are under way.
 */
@Singleton
public class ProfilePhotos implements PhotoReferences {
    private static final Logger LOG = LoggerFactory.getLogger(ProfilePhotos.class);

    /** Photos asked about in one query. */
    private static final int STEP = 100;

    private final Profiles profiles;
    private final PhotoStore store;
    private final PhotoSettings settings;
    private final Clock clock;

    ProfilePhotos(Profiles profiles, PhotoStore store, PhotoSettings settings, Clock clock) {
        this.profiles = profiles;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Set<String> referenced(Collection<String> hashes) {
        return new HashSet<>(profiles.photosAmong(hashes));
    }

    /** The photo with this hash; empty when no profile shows it. */
    public Optional<Photo> find(String hash) {
        return Photo.isHash(hash) && isShown(hash) ? store.find(hash) : Optional.empty();
    }

    /** The photo that an account shows; empty when it shows none. */
    public Optional<String> of(UUID accountId) {
        return profiles.find(accountId).map(Profile::photoHash);
    }

    /** After somebody left: nobody sees their photo any more, and it is deleted now or, if it is young, by the sweeper. */
    public void left(String hash) {
        afterwards(() -> {
            store.unpublish(hash, () -> isShown(hash));
            if (!isShown(hash)) {
                store.deleteOlder(hash, clock.instant().minus(settings.photoGrace()));
            }
        });
    }

    /**
     * After a change was committed: its photo can be seen and the one before no longer, unless somebody else shows it.
     *
     * @param before what the profile showed until then
     * @param now what it shows, where it is another
     */
    void changed(@Nullable String before, @Nullable Photo now) {
        afterwards(() -> {
            if (now != null) {
                store.publish(now);
                // The next change may have been faster.
                store.unpublish(now.hash(), () -> isShown(now.hash()));
            }
            if (before != null) {
                store.unpublish(before, () -> isShown(before));
            }
        });
    }

    /** Makes good what a crash, or a store that was away, kept {@link #changed} from doing. */
    @Scheduled(initialDelay = "1m", fixedDelay = "${latchkey.photo-sweep-interval:1h}")
    void publishTheRest() {
        afterwards(() -> {
            try (Stream<String> photos = store.unpublished()) {
                photos.gather(Gatherers.windowFixed(STEP))
                        .flatMap(hashes -> referenced(hashes).stream())
                        .forEach(hash -> store.find(hash).ifPresent(photo -> changed(null, photo)));
            }
        });
    }

    /** The change is stored and stays, whatever becomes of this. */
    private static void afterwards(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("A photo could not be published or taken back; the next round tries again", e);
        }
    }

    private boolean isShown(String hash) {
        return !referenced(List.of(hash)).isEmpty();
    }
}
