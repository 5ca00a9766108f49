package dev.latchkey.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.latchkey.config.PhotoSettings;
import dev.latchkey.photo.store.LocalPhotoStore;
import dev.latchkey.photo.store.PhotoStoreContract;
import dev.latchkey.support.MutableClock;
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

final class PhotoSweepTest {
    private final MutableClock clock = new MutableClock();
    private final PhotoSettings settings = new PhotoSettings(Duration.ofDays(1), Duration.ofHours(1), 20, List.of());
    private final Set<String> needed = new HashSet<>();
    private final List<Integer> steps = new ArrayList<>();

    @TempDir
    Path data;

    private LocalPhotoStore store;

    @BeforeEach
    void open() {
        store = new LocalPhotoStore(data, clock);
    }

    @Test
    void deletesOrphansOnceTheGraceTimeIsOver() {
        Photo orphan = put("orphan");
        Photo portrait = put("portrait");
        needed.add(portrait.hash());

        clock.advance(Duration.ofDays(1));
        assertThat(sweep(this::referenced).sweep()).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(sweep(this::referenced).sweep()).isOne();

        assertThat(store.find(orphan.hash())).isEmpty();
        assertThat(store.find(portrait.hash())).isPresent();
    }

    @Test
    void keepsAnOldOrphanThatASaveHasJustStoredAgain() {
        Photo photo = put("photo");
        clock.advance(Duration.ofDays(2));

        // The save stores it after the sweeper has learnt that nothing refers to it.
        long deleted = sweep(hashes -> {
                    store.put(photo);
                    return Set.of();
                })
                .sweep();

        assertThat(deleted).isZero();
        assertThat(store.find(photo.hash())).isPresent();
    }

    @Test
    void deletesNothingWhileNobodyCanSayWhatIsNeeded() {
        Photo photo = put("photo");
        clock.advance(Duration.ofDays(2));

        assertThat(sweep().sweep()).isZero();
        assertThat(store.find(photo.hash())).isPresent();
    }

    @Test
    void keepsWhatAnyFeatureNeeds() {
        Photo photo = put("photo");
        clock.advance(Duration.ofDays(2));

        assertThat(sweep(hashes -> Set.of(), hashes -> Set.of(photo.hash())).sweep())
                .isZero();
    }

    @Test
    void asksInSmallSteps() {
        int number = PhotoSweep.STEP + 50;
        IntStream.range(0, number).forEach(each -> put("number " + each));
        clock.advance(Duration.ofDays(2));

        assertThat(sweep(this::referenced).sweep()).isEqualTo(number);
        assertThat(steps).containsExactly(PhotoSweep.STEP, 50);
    }

    @Test
    void isSafeOnSeveralNodesAtOnce() throws Exception {
        IntStream.range(0, 30).forEach(each -> put("orphan " + each));
        Photo portrait = put("portrait");
        clock.advance(Duration.ofDays(2));
        List<Future<Long>> nodes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int node = 0; node < 4; node++) {
                nodes.add(threads.submit(
                        () -> sweep(hashes -> Set.of(portrait.hash())).sweep()));
            }
        }

        long deleted = 0;
        for (Future<Long> node : nodes) {
            deleted += node.get();
        }
        assertThat(deleted).isEqualTo(30);
        assertThat(store.list().map(StoredPhoto::hash)).containsExactly(portrait.hash());
    }

    @Test
    void leavesARoundThatFailsToTheNextOne() {
        put("photo");
        clock.advance(Duration.ofDays(2));
        PhotoSweep sweep = sweep(hashes -> {
            throw new IllegalStateException("The database is away");
        });

        assertThatCode(sweep::sweepRegularly).doesNotThrowAnyException();
        assertThat(store.list()).hasSize(1);
    }

    private PhotoSweep sweep(PhotoReferences... references) {
        return new PhotoSweep(store, List.of(references), settings, clock);
    }

    private Set<String> referenced(Collection<String> hashes) {
        steps.add(hashes.size());
        return needed;
    }

    private Photo put(String content) {
        Photo photo = PhotoStoreContract.photo(content);
        store.put(photo);
        return photo;
    }
}
