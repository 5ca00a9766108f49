package dev.latchkey.photo.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.photo.StoredPhoto;
import dev.latchkey.support.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every place for photos has to promise. */
public abstract class PhotoStoreContract {
    private static final String UNKNOWN = "0".repeat(64);

    /** Tells the time of a put; a store whose server has a clock of its own is listed by that one. */
    final MutableClock clock = new MutableClock();

    /** The store under test, the same one throughout a test and empty at first. */
    abstract PhotoStore store();

    @Test
    void findsWhatWasPut() {
        Photo photo = photo("one");

        store().put(photo);

        assertThat(store().find(photo.hash()).orElseThrow().jpeg()).isEqualTo(photo.jpeg());
        assertThat(store().find(photo.hash()).orElseThrow().hash()).isEqualTo(photo.hash());
    }

    @Test
    void findsNothingUnderAnUnknownHash() {
        assertThat(store().find(UNKNOWN)).isEmpty();
    }

    @Test
    void findsNothingUnderWhatIsNoHash() {
        store().put(photo("one"));

        for (String text :
                List.of("", "..", "../../etc/passwd", "0".repeat(63), "A".repeat(64), "0".repeat(64) + "/", "\0")) {
            assertThat(store().find(text)).as(text).isEmpty();
            assertThat(store().deleteOlder(text, Instant.MAX)).as(text).isFalse();
        }
        assertThat(hashes()).hasSize(1);
    }

    @Test
    void keepsOnePhotoHoweverOftenItIsPut() {
        Photo photo = photo("one");

        store().put(photo);
        store().put(photo);

        assertThat(hashes()).containsExactly(photo.hash());
    }

    @Test
    void listsAllPhotos() {
        List<Photo> photos = IntStream.range(0, 50)
                .mapToObj(number -> photo("number " + number))
                .toList();
        photos.forEach(store()::put);

        assertThat(hashes())
                .containsExactlyInAnyOrderElementsOf(
                        photos.stream().map(Photo::hash).toList());
    }

    @Test
    void countsAPhotoAsStoredWhenItWasLastPut() {
        Photo photo = photo("one");
        store().put(photo);
        Instant first = storedAt(photo);
        advance(Duration.ofHours(30));

        store().put(photo);

        assertThat(storedAt(photo)).isAfter(first);
    }

    @Test
    void deletesOnceAndForgetsWhatIsNotThere() {
        Photo photo = photo("one");
        store().put(photo);

        assertThat(store().deleteOlder(photo.hash(), Instant.MAX)).isTrue();
        assertThat(store().deleteOlder(photo.hash(), Instant.MAX)).isFalse();

        assertThat(store().find(photo.hash())).isEmpty();
        assertThat(hashes()).isEmpty();
    }

    @Test
    void deletesOnlyPhotosOlderThanTheLimit() {
        Photo photo = photo("one");
        store().put(photo);
        Instant stored = storedAt(photo);

        assertThat(store().deleteOlder(photo.hash(), stored)).isFalse();
        assertThat(store().find(photo.hash())).isPresent();
        assertThat(store().deleteOlder(photo.hash(), stored.plusMillis(1))).isTrue();
        assertThat(store().find(photo.hash())).isEmpty();
        assertThat(store().deleteOlder(photo.hash(), stored.plusMillis(1))).isFalse();
    }

    @Test
    void keepsUnfinishedWorkOutOfTheList() {
        store().put(photo("one"));

        store().discardUnfinished(Instant.MAX);

        assertThat(hashes()).hasSize(1);
    }

    @Test
    void takesTheSamePhotoFromManyAtOnce() throws Exception {
        Photo photo = photo("one");
        List<Future<?>> puts = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 32; caller++) {
                puts.add(callers.submit(() -> store().put(photo)));
            }
        }
        for (Future<?> put : puts) {
            put.get();
        }

        assertThat(hashes()).containsExactly(photo.hash());
        assertThat(store().find(photo.hash()).orElseThrow().jpeg()).isEqualTo(photo.jpeg());
    }

    /** Lets time pass for the store; one that cannot be told the time may wait for its own. */
    void advance(Duration by) {
        clock.advance(by);
    }

    public static Photo photo(String content) {
        return Photo.of(content.getBytes(StandardCharsets.UTF_8));
    }

    Instant storedAt(Photo photo) {
        try (Stream<StoredPhoto> photos = store().list()) {
            return photos.filter(stored -> stored.hash().equals(photo.hash()))
                    .findAny()
                    .orElseThrow()
                    .storedAt();
        }
    }

    List<String> hashes() {
        try (Stream<StoredPhoto> photos = store().list()) {
            return photos.map(StoredPhoto::hash).toList();
        }
    }
}
