package dev.latchkey.photo;

import dev.latchkey.database.RestoredRows;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Photos on their way into a backup and out of it.
 *
 * <p>A photo that nothing refers to any more is deleted, unless it is younger than the grace. So whoever copies takes the
 * old ones first, then looks at the database, and then takes the young ones: those stay for as long as copying lasts.
 */
@Singleton
public class PhotoCopies implements RestoredRows {
    private final Photos photos;
    private final StoredPhotos rows;
    private final PhotoStore store;
    private final PhotoSweep sweep;
    private final Clock clock;

    PhotoCopies(Photos photos, StoredPhotos rows, PhotoStore store, PhotoSweep sweep, Clock clock) {
        this.photos = photos;
        this.rows = rows;
        this.store = store;
        this.sweep = sweep;
        this.clock = clock;
    }

    /** Half the grace ago: what was stored since then is not deleted for as long again. */
    public Instant youngSince() {
        Instant now = clock.instant();
        return now.minus(Duration.between(photos.graceAgo(), now).dividedBy(2));
    }

    /** Copies what was stored before some time; see {@link #copyYoung}. */
    public long copyOld(Instant before, Consumer<Photo> to) {
        return copy(after -> rows.findOlder(after, before, PhotoSweep.STEP), to);
    }

    /**
     * Copies what was stored since then, as the caller's transaction sees it.
     *
     * @return how many are needed and were not there, or not whole
     */
    public long copyYoung(Instant since, Consumer<Photo> to) {
        return copy(after -> rows.findYounger(after, since, PhotoSweep.STEP), to);
    }

    private long copy(Function<String, List<String>> next, Consumer<Photo> to) {
        long missing = 0;
        for (List<String> step = next.apply(""); !step.isEmpty(); step = next.apply(step.getLast())) {
            for (String hash : step) {
                Optional<Photo> photo = store.find(hash)
                        .filter(found -> Photo.of(found.jpeg()).hash().equals(hash));
                photo.ifPresent(to);
                // One that nothing refers to was deleted meanwhile, or its bytes are still on their way.
                if (photo.isEmpty() && photos.isReferenced(hash)) {
                    missing++;
                }
            }
        }
        return missing;
    }

    /** Removes all photos, to which nothing refers: what an interrupted restore has left. */
    public void clear() {
        for (List<String> step = any(); !step.isEmpty(); step = any()) {
            for (String hash : step) {
                store.delete(hash);
                rows.remove(hash);
            }
        }
    }

    private List<String> any() {
        return rows.findOlder("", Instant.ofEpochMilli(Long.MAX_VALUE / 1_000_000), PhotoSweep.STEP);
    }

    /** Keeps a photo again; until rows that refer to it are there, the sweep would remove it in the end. */
    public void bringBack(Photo photo) {
        photos.keep(photo);
    }

    /** Keeps in sight, in the transaction that replaced the rows, what was brought back without one of them. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void note(String hash) {
        rows.note(hash, clock.instant());
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void restored(Instant now) {
        rows.startAnew(false);
    }

    /** Shows in a public bucket what profiles show; where that fails, the next round of the server does it. */
    public void publish() {
        sweep.publishTheRest();
    }
}
