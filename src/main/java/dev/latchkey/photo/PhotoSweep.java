package dev.latchkey.photo;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes photos that nothing refers to, left by a save that failed after its photo was stored, or replaced; and publishes
 * what a crash kept from being published. Several nodes may do so at once.
 */
@Singleton
public final class PhotoSweep {
    /** Photos asked about in one query. */
    static final int STEP = 100;

    private static final Logger LOG = LoggerFactory.getLogger(PhotoSweep.class);

    private final Photos photos;
    private final StoredPhotos rows;
    private final PhotoStore store;

    PhotoSweep(Photos photos, StoredPhotos rows, PhotoStore store) {
        this.photos = photos;
        this.rows = rows;
        this.store = store;
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

    /** Goes once over all photos that were not stored within the grace and returns how many were deleted. */
    public long sweep() {
        Instant limit = photos.graceAgo();
        store.discardUnfinished(limit);
        return steps(after -> rows.findOlder(after, limit, STEP), hashes -> photos.deleteOrphans(hashes, limit));
    }

    /** Makes good what a crash, or a store that was away, kept {@link Photos#changed} from doing. */
    @Scheduled(initialDelay = "1m", fixedDelay = "${latchkey.photo-sweep-interval:1h}")
    void publishTheRest() {
        if (!store.isPublic()) {
            return;
        }
        try {
            steps(after -> rows.findUnpublished(after, STEP), hashes -> {
                photos.shown(hashes).forEach(hash -> photos.align(hash, Optional.empty()));
                return 0;
            });
        } catch (RuntimeException e) {
            LOG.warn("Photos could not be published; the next round tries again", e);
        }
    }

    private static long steps(Function<String, List<String>> next, ToLongFunction<List<String>> work) {
        long sum = 0;
        for (List<String> step = next.apply(""); !step.isEmpty(); step = next.apply(step.getLast())) {
            sum += work.applyAsLong(step);
        }
        return sum;
    }
}
