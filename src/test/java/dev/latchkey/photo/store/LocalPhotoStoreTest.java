package dev.latchkey.photo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.photo.PhotoStoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalPhotoStoreTest extends PhotoStoreContract {
    @TempDir
    Path data;

    private LocalPhotoStore local;

    @BeforeEach
    void open() {
        local = new LocalPhotoStore(data, clock);
    }

    @Override
    PhotoStore store() {
        return local;
    }

    @Test
    void keepsAPhotoInAFolderNamedByTheFirstByte() throws IOException {
        Photo photo = photo("one");

        local.put(photo);

        Path file = data.resolve(
                "photos/" + photo.hash().substring(0, 2) + "/" + photo.hash().substring(2) + ".jpg");
        assertThat(file).hasBinaryContent(photo.jpeg());
        assertThat(files()).containsExactly(file);
    }

    @Test
    void saysThatItIsUnavailableWhereItCannotWrite() throws IOException {
        Files.createFile(data.resolve("photos"));

        assertThatThrownBy(() -> local.put(photo("one"))).isInstanceOf(PhotoStoreUnavailable.class);
        assertThatThrownBy(() -> local.find("0".repeat(64))).isInstanceOf(PhotoStoreUnavailable.class);
    }

    @Test
    void leavesNothingOfAPutThatFails() throws IOException {
        Photo photo = photo("one");
        Path folder = Files.createDirectories(data.resolve("photos"));
        // A file where the folder should be: the draft can be written but not moved into place.
        Files.createFile(folder.resolve(photo.hash().substring(0, 2)));

        assertThatThrownBy(() -> local.put(photo)).isInstanceOf(PhotoStoreUnavailable.class);
        assertThat(files()).hasSize(1);
    }

    @Test
    void discardsWhatACrashLeftUnfinishedOnceItIsOld() throws IOException {
        Path draft = data.resolve("photos/unfinished/draft");
        Files.createDirectories(draft.getParent());
        Files.createFile(draft);
        Files.setLastModifiedTime(draft, FileTime.from(clock.instant()));

        local.discardUnfinished(clock.instant());
        assertThat(draft).exists();
        local.discardUnfinished(clock.instant().plusMillis(1));
        assertThat(draft).doesNotExist();
    }

    @Test
    void neverLosesAPhotoThatIsPutWhileItIsSwept() throws Exception {
        for (int round = 0; round < 150; round++) {
            Photo photo = photo("round " + round);
            local.put(photo);
            clock.advance(Duration.ofDays(2));
            CyclicBarrier start = new CyclicBarrier(3);
            try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
                List<Future<Boolean>> all = new ArrayList<>();
                all.add(threads.submit(() -> {
                    start.await();
                    local.put(photo);
                    return true;
                }));
                for (int node = 0; node < 2; node++) {
                    all.add(threads.submit(() -> {
                        start.await();
                        return local.deleteOlder(photo.hash(), clock.instant().minus(Duration.ofDays(1)));
                    }));
                }
                for (Future<Boolean> each : all) {
                    each.get();
                }
            }
            assertThat(local.find(photo.hash())).as("round %d", round).isPresent();
        }
        assertThat(files()).allSatisfy(file -> assertThat(file.toString()).endsWith(".jpg"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("photos"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
