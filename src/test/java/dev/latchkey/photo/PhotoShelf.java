package dev.latchkey.photo;

import dev.latchkey.config.PhotoSettings;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Photos on a database and in a store, empty at first, with a clock and with references that a test chooses. */
public final class PhotoShelf {
    public static final Duration GRACE = Duration.ofDays(1);

    public final MutableClock clock = new MutableClock();
    public final Photos photos;
    public final PhotoSweep sweep;

    private final StoredPhotos rows;

    public PhotoShelf(Database database, PhotoStore store, PhotoReferences... references) {
        ApplicationContext context = context(database);
        Sql.run(context, "DELETE FROM photos");
        rows = context.getBean(StoredPhotos.class);
        photos = new Photos(
                rows, store, List.of(references), new PhotoSettings(GRACE, Duration.ofHours(1), 20, List.of()), clock);
        sweep = new PhotoSweep(photos, rows, store);
    }

    /** References to photos that everybody may see. */
    public static PhotoReferences showing(Predicate<String> shown) {
        return new PhotoReferences() {
            @Override
            public Set<String> referenced(Collection<String> hashes) {
                return shown(hashes);
            }

            @Override
            public Set<String> shown(Collection<String> hashes) {
                return hashes.stream().filter(shown).collect(Collectors.toSet());
            }
        };
    }

    public static ServerSecret secret(Database database) {
        return context(database).getBean(ServerSecret.class);
    }

    /** Plays the scheduler of a running product. */
    public static void publishTheRest(ApplicationContext context) {
        context.getBean(PhotoSweep.class).publishTheRest();
    }

    public List<String> hashes() {
        return rows.findOlder("", clock.instant().plus(Duration.ofDays(1000)), 10_000);
    }

    public List<String> unpublished() {
        return rows.findUnpublished("", 10_000);
    }

    public Instant storedAt(Photo photo) {
        return rows.findById(photo.hash()).orElseThrow().storedAt();
    }

    public boolean deleteOlder(String hash, Instant than) {
        return photos.deleteOrphans(List.of(hash), than) == 1;
    }

    public void align(Photo photo) {
        photos.changed(photo.hash(), null);
    }

    /** Does what a node did last that died while it swept this photo. */
    public void dieWhileSweeping(Photo photo) {
        rows.hold(photo.hash(), clock.instant(), clock.instant());
    }

    /** Does what a node did last that died before it put this photo into the store. */
    public void dieBeforePutting(Photo photo) {
        rows.store(photo.hash(), clock.instant(), clock.instant());
    }

    public void outliveTheHold() {
        clock.advance(Photos.HOLD.plusMillis(1));
    }

    private static ApplicationContext context(Database database) {
        return Contexts.shared(database, Map.of("test.clock", true));
    }
}
