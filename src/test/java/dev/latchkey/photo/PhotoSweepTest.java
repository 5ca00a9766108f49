package dev.latchkey.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.latchkey.photo.store.LocalPhotoStore;
import dev.latchkey.photo.store.PhotoStoreContract;
import dev.latchkey.support.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
final class PhotoSweepTest {
    private final Database database;
    private final Set<String> needed = new HashSet<>();
    private final List<Integer> steps = new ArrayList<>();

    @TempDir
    Path data;

    private LocalPhotoStore store;
    private PhotoShelf shelf;

    PhotoSweepTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        store = new LocalPhotoStore(data);
        shelf = shelf(this::referenced);
    }

    @Test
    void deletesOrphansOnceTheGraceTimeIsOver() {
        Photo orphan = put("orphan");
        Photo portrait = put("portrait");
        needed.add(portrait.hash());

        shelf.clock.advance(PhotoShelf.GRACE);
        assertThat(shelf.sweep.sweep()).isZero();
        shelf.clock.advance(Duration.ofMillis(1));
        assertThat(shelf.sweep.sweep()).isOne();

        assertThat(store.find(orphan.hash())).isEmpty();
        assertThat(store.find(portrait.hash())).isPresent();
        assertThat(shelf.hashes()).containsExactly(portrait.hash());
    }

    @Test
    void keepsAnOldOrphanThatASaveHasJustStoredAgain() {
        Photo photo = PhotoStoreContract.photo("photo");
        // The save stores it after the sweeper has learnt that nothing refers to it.
        shelf = shelf(hashes -> {
            shelf.photos.keep(photo);
            return Set.of();
        });
        shelf.photos.keep(photo);
        shelf.clock.advance(Duration.ofDays(2));

        assertThat(shelf.sweep.sweep()).isZero();
        assertThat(store.find(photo.hash())).isPresent();
    }

    @Test
    void deletesNothingWhileNobodyCanSayWhatIsNeeded() {
        shelf = shelf();
        Photo photo = put("photo");
        shelf.clock.advance(Duration.ofDays(2));

        assertThat(shelf.sweep.sweep()).isZero();
        assertThat(store.find(photo.hash())).isPresent();
    }

    @Test
    void keepsWhatAnyFeatureNeeds() {
        Photo photo = PhotoStoreContract.photo("photo");
        shelf = shelf(hashes -> Set.of(), hashes -> Set.of(photo.hash()));
        shelf.photos.keep(photo);
        shelf.clock.advance(Duration.ofDays(2));

        assertThat(shelf.sweep.sweep()).isZero();
    }

    @Test
    void asksInSmallSteps() {
        int number = PhotoSweep.STEP + 50;
        IntStream.range(0, number).forEach(each -> put("number " + each));
        shelf.clock.advance(Duration.ofDays(2));

        assertThat(shelf.sweep.sweep()).isEqualTo(number);
        // Each step twice, as a photo may pass from one feature to another meanwhile.
        assertThat(steps).containsExactly(PhotoSweep.STEP, PhotoSweep.STEP, 50, 50);
    }

    @Test
    void isSafeOnSeveralNodesAtOnce() throws Exception {
        Photo portrait = PhotoStoreContract.photo("portrait");
        shelf = shelf(hashes -> Set.of(portrait.hash()));
        IntStream.range(0, 30).forEach(each -> put("orphan " + each));
        shelf.photos.keep(portrait);
        shelf.clock.advance(Duration.ofDays(2));
        List<Future<Long>> nodes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int node = 0; node < 4; node++) {
                nodes.add(threads.submit(shelf.sweep::sweep));
            }
        }

        long deleted = 0;
        for (Future<Long> node : nodes) {
            deleted += node.get();
        }
        assertThat(deleted).isEqualTo(30);
        assertThat(shelf.hashes()).containsExactly(portrait.hash());
        assertThat(store.find(portrait.hash())).isPresent();
    }

    @Test
    void leavesARoundThatFailsToTheNextOne() {
        shelf = shelf(hashes -> {
            throw new IllegalStateException("The database is away");
        });
        put("photo");
        shelf.clock.advance(Duration.ofDays(2));

        assertThatCode(shelf.sweep::sweepRegularly).doesNotThrowAnyException();
        assertThat(shelf.hashes()).hasSize(1);
    }

    private PhotoShelf shelf(PhotoReferences... references) {
        return new PhotoShelf(database, store, references);
    }

    private Set<String> referenced(Collection<String> hashes) {
        steps.add(hashes.size());
        return needed;
    }

    private Photo put(String content) {
        Photo photo = PhotoStoreContract.photo(content);
        shelf.photos.keep(photo);
        return photo;
    }
}
