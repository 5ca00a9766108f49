package dev.latchkey.photo;

import dev.latchkey.config.PhotoSettings;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes photos that nothing refers to: left by a save that failed after its photo was stored, or replaced.
 *
 * <p>Only photos that were not stored within the grace time are looked at, and that is asked once more at the moment of
 * deleting, so a save that stores an old orphan again keeps it. Several nodes may sweep at once: deleting twice is no
 * error.
 */
@Singleton
public final class PhotoSweep {
    /** Photos asked about in one query. */
    static final int STEP = 100;

    private static final Logger LOG = LoggerFactory.getLogger(PhotoSweep.class);

    private final PhotoStore store;
    private final List<PhotoReferences> references;
    private final PhotoSettings settings;
    private final Clock clock;

    PhotoSweep(PhotoStore store, List<PhotoReferences> references, PhotoSettings settings, Clock clock) {
        this.store = store;
        this.references = references;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "${latchkey.photo-sweep-interval:1h}", fixedDelay = "${latchkey.photo-sweep-interval:1h}")
    void sweepRegularly() {
        try {
            long deleted = sweep();
            if (deleted > 0) {
                LOG.info("Deleted {} photos that nothing refers to", deleted);
            }
        } catch (RuntimeException e) {
            LOG.warn("Photos could not be swept; the next round tries again", e);
        }
    }

    /** Goes over all stored photos once and returns how many were deleted. */
    public long sweep() {
        if (references.isEmpty()) {
            // Nobody can say which photos are needed.
            return 0;
        }
        Instant limit = clock.instant().minus(settings.photoGrace());
        store.discardUnfinished(limit);
        try (Stream<StoredPhoto> photos = store.list()) {
            return photos.filter(photo -> photo.storedAt().isBefore(limit))
                    .map(StoredPhoto::hash)
                    .gather(Gatherers.windowFixed(STEP))
                    .mapToLong(hashes -> deleteOrphans(hashes, limit))
                    .sum();
        }
    }

    private long deleteOrphans(List<String> hashes, Instant limit) {
        Set<String> orphans = new HashSet<>(hashes);
        references.forEach(feature -> orphans.removeAll(feature.referenced(hashes)));
        return orphans.stream().filter(hash -> store.deleteOlder(hash, limit)).count();
    }
}
