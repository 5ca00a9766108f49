package dev.latchkey.photo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoShelf;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.photo.PhotoStoreUnavailable;
import dev.latchkey.support.Database;
import dev.latchkey.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
final class LocalPhotoStoreTest extends PhotoStoreContract {
    @TempDir
    Path data;

    private LocalPhotoStore local;

    LocalPhotoStoreTest(Database database) {
        super(database);
    }

    @BeforeEach
    void open() {
        local = new LocalPhotoStore(data);
    }

    @Override
    PhotoStore store() {
        return local;
    }

    @Override
    List<String> kept() {
        return files().stream()
                .map(file -> data.resolve("photos").relativize(file).toString().replaceAll("/|\\.jpg", ""))
                .toList();
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
        Files.setLastModifiedTime(draft, FileTime.from(shelf().clock.instant()));

        shelf().clock.advance(PhotoShelf.GRACE);
        shelf().sweep.sweep();
        assertThat(draft).exists();
        shelf().clock.advance(Duration.ofMillis(1));
        shelf().sweep.sweep();
        assertThat(draft).doesNotExist();
    }

    private List<Path> files() {
        return Folders.files(data.resolve("photos"));
    }
}
