package dev.latchkey.photo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoShelf;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.photo.PhotoStoreUnavailable;
import dev.latchkey.support.Database;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What photos in every place and with every database have to promise. */
public abstract class PhotoStoreContract {
    private static final String UNKNOWN = "0".repeat(64);
    private static final int ROUNDS = 60;

    final Database database;
    final Set<String> needed = new HashSet<>();
    private @Nullable PhotoShelf shelf;

    PhotoStoreContract(Database database) {
        this.database = database;
    }

    /** The store under test, the same one throughout a test and empty at first. */
    abstract PhotoStore store();

    /** The hashes of what is really in it, each as often as it is. */
    abstract List<String> kept();

    /** Photos in that store. */
    PhotoShelf shelf() {
        if (shelf == null) {
            shelf = new PhotoShelf(database, store(), PhotoShelf.showing(needed::contains));
        }
        return shelf;
    }

    @Test
    void findsWhatWasPut() {
        Photo photo = photo("one");

        put(photo);

        assertThat(store().find(photo.hash()).orElseThrow().jpeg()).isEqualTo(photo.jpeg());
        assertThat(store().find(photo.hash()).orElseThrow().hash()).isEqualTo(photo.hash());
    }

    @Test
    void findsNothingUnderAnUnknownHash() {
        assertThat(store().find(UNKNOWN)).isEmpty();
    }

    @Test
    void findsNothingUnderWhatIsNoHash() {
        put(photo("one"));

        for (String text :
                List.of("", "..", "../../etc/passwd", "0".repeat(63), "A".repeat(64), "0".repeat(64) + "/", "a\tb")) {
            assertThat(store().find(text)).as(text).isEmpty();
            assertThat(shelf().photos.find(text)).as(text).isEmpty();
            assertThat(shelf().deleteOlder(text, later())).as(text).isFalse();
        }
        assertThat(store().find("\0")).isEmpty();
        assertThat(kept()).hasSize(1);
    }

    @Test
    void keepsOnePhotoHoweverOftenItIsPut() {
        Photo photo = photo("one");

        put(photo);
        put(photo);

        assertThat(kept()).containsExactly(photo.hash());
        assertThat(shelf().hashes()).containsExactly(photo.hash());
    }

    @Test
    void listsAllPhotos() {
        List<Photo> photos = IntStream.range(0, 50)
                .mapToObj(number -> photo("number " + number))
                .toList();
        photos.forEach(this::put);

        List<String> hashes = photos.stream().map(Photo::hash).toList();
        assertThat(shelf().hashes()).containsExactlyInAnyOrderElementsOf(hashes);
        assertThat(kept()).containsExactlyInAnyOrderElementsOf(hashes);
    }

    @Test
    void countsAPhotoAsStoredWhenItWasLastPut() {
        Photo photo = photo("one");
        put(photo);
        Instant first = shelf().storedAt(photo);
        shelf().clock.advance(Duration.ofHours(30));

        put(photo);

        assertThat(shelf().storedAt(photo)).isAfter(first);
    }

    @Test
    void deletesOnceAndForgetsWhatIsNotThere() {
        Photo photo = photo("one");
        put(photo);

        assertThat(shelf().deleteOlder(photo.hash(), later())).isTrue();
        assertThat(shelf().deleteOlder(photo.hash(), later())).isFalse();
        store().delete(photo.hash());

        assertThat(store().find(photo.hash())).isEmpty();
        assertThat(kept()).isEmpty();
    }

    @Test
    void deletesOnlyPhotosOlderThanTheLimit() {
        Photo photo = photo("one");
        put(photo);
        Instant stored = shelf().storedAt(photo);

        assertThat(shelf().deleteOlder(photo.hash(), stored)).isFalse();
        assertThat(store().find(photo.hash())).isPresent();
        assertThat(shelf().deleteOlder(photo.hash(), stored.plusMillis(1))).isTrue();
        assertThat(store().find(photo.hash())).isEmpty();
        assertThat(shelf().deleteOlder(photo.hash(), stored.plusMillis(1))).isFalse();
    }

    @Test
    void keepsUnfinishedWorkOutOfTheList() {
        put(photo("one"));

        store().discardUnfinished(later());

        assertThat(kept()).hasSize(1);
    }

    @Test
    void takesTheSamePhotoFromManyAtOnce() throws Exception {
        Photo photo = photo("one");
        PhotoShelf shared = shelf();
        List<Future<?>> puts = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 32; caller++) {
                puts.add(callers.submit(() -> shared.photos.keep(photo)));
            }
        }
        for (Future<?> put : puts) {
            put.get();
        }

        assertThat(kept()).containsExactly(photo.hash());
        assertThat(store().find(photo.hash()).orElseThrow().jpeg()).isEqualTo(photo.jpeg());
    }

    @Test
    void neverLosesAPhotoThatIsPutWhileItIsSwept() throws Exception {
        PhotoShelf shared = shelf();
        for (int round = 0; round < ROUNDS; round++) {
            Photo photo = photo("round " + round);
            put(photo);
            shared.clock.advance(Duration.ofDays(2));
            Instant limit = shared.clock.instant().minus(Duration.ofDays(1));
            CyclicBarrier start = new CyclicBarrier(3);
            try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
                List<Future<Boolean>> all = new ArrayList<>();
                all.add(threads.submit(() -> {
                    start.await();
                    shared.photos.keep(photo);
                    return true;
                }));
                for (int node = 0; node < 2; node++) {
                    all.add(threads.submit(() -> {
                        start.await();
                        return shared.deleteOlder(photo.hash(), limit);
                    }));
                }
                for (Future<Boolean> each : all) {
                    each.get();
                }
            }
            assertThat(store().find(photo.hash())).as("round %d", round).isPresent();
            assertThat(shared.hashes()).contains(photo.hash());
        }
        assertThat(kept()).hasSize(ROUNDS).doesNotHaveDuplicates();
    }

    @Test
    void letsAPutWaitWhileASweeperDeletes() throws Exception {
        Photo photo = photo("one");
        put(photo);
        List<Future<?>> put = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            PhotoShelf[] slow = new PhotoShelf[1];
            slow[0] = new PhotoShelf(
                    database,
                    beforeDelete(() -> {
                        Future<?> late = threads.submit(() -> slow[0].photos.keep(photo));
                        put.add(late);
                        assertThatThrownBy(() -> late.get(300, TimeUnit.MILLISECONDS))
                                .isInstanceOf(TimeoutException.class);
                    }),
                    PhotoShelf.showing(needed::contains));
            slow[0].photos.keep(photo);

            assertThat(slow[0].deleteOlder(photo.hash(), later())).isTrue();
            put.getFirst().get();
            assertThat(slow[0].hashes()).containsExactly(photo.hash());
        }

        assertThat(store().find(photo.hash())).isPresent();
    }

    @Test
    void forgetsAnnouncementsOfSweepersThatDied() {
        Photo photo = photo("one");
        put(photo);
        shelf().dieWhileSweeping(photo);

        assertThatThrownBy(() -> put(photo)).isInstanceOf(PhotoStoreUnavailable.class);
        assertThat(shelf().deleteOlder(photo.hash(), later())).isFalse();
        shelf().outliveTheHold();
        put(photo);

        assertThat(kept()).containsExactly(photo.hash());
        shelf().dieWhileSweeping(photo);
        shelf().outliveTheHold();
        assertThat(shelf().deleteOlder(photo.hash(), later())).isTrue();
        assertThat(kept()).isEmpty();
    }

    @Test
    void sweepsWhatACrashLeftOfAPutOrOfASweep() {
        Photo one = photo("one");
        shelf().dieBeforePutting(one);
        Photo other = photo("other");
        put(other);
        shelf().dieWhileSweeping(other);
        store().delete(other.hash());
        assertThat(shelf().hashes()).hasSize(2);

        shelf().clock.advance(PhotoShelf.GRACE.plusMillis(1));

        assertThat(shelf().sweep.sweep()).isEqualTo(2);
        assertThat(shelf().hashes()).isEmpty();
        assertThat(kept()).isEmpty();
    }

    void put(Photo photo) {
        shelf().photos.keep(photo);
    }

    private Instant later() {
        return shelf().clock.instant().plus(Duration.ofDays(10));
    }

    /** The store under test, with something that happens before each deletion. */
    private PhotoStore beforeDelete(Runnable first) {
        return new PhotoStore() {
            @Override
            public void put(Photo photo) {
                store().put(photo);
            }

            @Override
            public Optional<Photo> find(String hash) {
                return store().find(hash);
            }

            @Override
            public void delete(String hash) {
                first.run();
                store().delete(hash);
            }
        };
    }

    public static Photo photo(String content) {
        return Photo.of(content.getBytes(StandardCharsets.UTF_8));
    }
}
