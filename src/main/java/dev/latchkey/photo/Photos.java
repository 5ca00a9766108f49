package dev.latchkey.photo;

import dev.latchkey.config.PhotoSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Photos under the hash of their bytes. A photo is kept before the save that shows it and seen only while something shows
 * it, as everybody knows the address of a picture they have.
 *
 * <p>Two accounts may share a photo, so one may save it while it is deleted because the other gave it up. Therefore each
 * has a row, written before its bytes are, which says when it was last stored. Whoever deletes or publishes a photo holds
 * its row meanwhile, and whoever stores it waits. A holder that died is waited for no longer than {@link #HOLD}.
 */
@Singleton
public final class Photos {
    /** Clocks of two nodes may differ by half of it. */
    static final Duration HOLD = Duration.ofMinutes(3);

    /** Who needed longer to get from the row to the photo leaves it alone; a bucket may take as long again. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** A photo is held for milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Photos.class);

    private final StoredPhotos rows;
    private final PhotoStore store;
    private final List<PhotoReferences> references;
    private final PhotoSettings settings;
    private final Clock clock;

    Photos(StoredPhotos rows, PhotoStore store, List<PhotoReferences> references, PhotoSettings settings, Clock clock) {
        this.rows = rows;
        this.store = store;
        this.references = references;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Keeps a photo durably. It counts as stored now: for as long as the grace it is safe without anything that refers to
     * it.
     */
    public void keep(Photo photo) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Instant now = now(); rows.store(photo.hash(), now, now.minus(HOLD)) == 0; now = now()) {
            pause(end);
        }
        store.put(photo);
    }

    /** The photo with this hash; empty when nothing shows it. */
    public Optional<Photo> find(String hash) {
        return Photo.isHash(hash) && isShown(hash) ? store.find(hash) : Optional.empty();
    }

    /** From now on whatever is kept counts as old, part of the caller's transaction: the next sweep takes all orphans. */
    public void age() {
        rows.age(Instant.EPOCH);
    }

    /**
     * After a change was committed: its photo can be seen and the one before no longer, unless something else shows it.
     *
     * @param before what was shown until then
     * @param now what is shown, where it is another
     */
    public void changed(@Nullable String before, @Nullable Photo now) {
        afterwards(() -> {
            if (now != null) {
                align(now.hash(), Optional.of(now));
            }
            if (before != null) {
                align(before, Optional.empty());
            }
        });
    }

    /** After somebody left: nobody sees their photo any more, and it is deleted now or, if it is young, by the sweep. */
    public void left(String hash) {
        afterwards(() -> {
            align(hash, Optional.empty());
            deleteOrphans(List.of(hash), graceAgo());
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

    /**
     * Makes a public bucket show a photo, or show it no longer; the last to hold it knows what was committed last.
     *
     * @param known spares looking it up
     */
    void align(String hash, Optional<Photo> known) {
        if (!store.isPublic()) {
            return;
        }
        hold(hash).ifPresent(held -> {
            boolean shown = isShown(hash);
            if (!isTimely(held)) {
                return;
            }
            if (shown) {
                publish(hash, known, held);
            } else {
                // If this fails, the photo stays held: it may be removed after all, when the bucket gets to it.
                store.unpublish(hash);
                rows.release(hash, held, false);
            }
        });
    }

    private void publish(String hash, Optional<Photo> known, Instant held) {
        boolean published = false;
        try {
            known.or(() -> store.find(hash)).ifPresent(store::publish);
            published = true;
        } finally {
            rows.release(hash, held, published);
        }
    }

    /** Deletes those photos that were stored before some time and that nothing refers to; returns how many. */
    long deleteOrphans(Collection<String> hashes, Instant before) {
        if (references.isEmpty()) {
            // Nobody can say which photos are needed.
            return 0;
        }
        Set<String> orphans = new HashSet<>(hashes);
        // Twice, as a photo may pass from one feature to another between two questions.
        for (int i = 0; i < 2; i++) {
            references.forEach(feature -> orphans.removeAll(feature.referenced(hashes)));
        }
        return orphans.stream().filter(hash -> deleteOlder(hash, before)).count();
    }

    private boolean deleteOlder(String hash, Instant before) {
        Instant held = now();
        if (rows.holdOlder(hash, before, held, held.minus(HOLD)) == 0 || !isTimely(held)) {
            return false;
        }
        store.delete(hash);
        return rows.remove(hash, held) == 1;
    }

    /** Empty when it is not kept any more. */
    private Optional<Instant> hold(String hash) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (rows.findById(hash).isPresent()) {
            Instant now = now();
            if (rows.hold(hash, now, now.minus(HOLD)) == 1) {
                return Optional.of(now);
            }
            pause(end);
        }
        return Optional.empty();
    }

    private boolean isTimely(Instant held) {
        return now().isBefore(held.plus(LONGEST_PAUSE));
    }

    private boolean isShown(String hash) {
        return !shown(List.of(hash)).isEmpty();
    }

    boolean isReferenced(String hash) {
        return references.stream()
                .anyMatch(feature -> !feature.referenced(List.of(hash)).isEmpty());
    }

    Set<String> shown(Collection<String> hashes) {
        return references.stream()
                .flatMap(feature -> feature.shown(hashes).stream())
                .collect(Collectors.toSet());
    }

    Instant graceAgo() {
        return now().minus(settings.photoGrace());
    }

    /** As exact as either database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void pause(long end) {
        if (System.nanoTime() > end) {
            throw new PhotoStoreUnavailable("A photo is being removed for too long");
        }
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PhotoStoreUnavailable("Interrupted while a photo was being stored", e);
        }
    }
}
