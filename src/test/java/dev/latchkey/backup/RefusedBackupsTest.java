package dev.latchkey.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.photo.Photo;
import dev.latchkey.photo.Photos;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusedBackupsTest {
    private final ApplicationContext source = Contexts.shared(Database.SQLITE, Map.of("latchkey.photo-grace", "20h"));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("backup.zip");
    }

    @Test
    @DisplayName("A full disk keeps nothing of a backup, and is told")
    void leavesNothingOnAFullDisk() {
        People.somebody(source);
        assertThatThrownBy(() -> backups().backup(file, "test", BackupProgress.NONE, disk -> new FullDisk(disk, 500)))
                .isInstanceOf(BackupRefused.class)
                .hasMessage("The backup " + file + " cannot be written (No space left on device); nothing was left"
                        + " behind. Make room, or name another place.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("What is there is never written over, even if it comes while the backup runs")
    void overwritesNothing() throws IOException {
        People.somebody(source);
        UnaryOperator<OutputStream> meanwhile = disk -> {
            write("mine");
            return disk;
        };
        assertThatThrownBy(() -> backups().backup(file, "test", BackupProgress.NONE, meanwhile))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("There is a file " + file + " already");
        assertThat(file).hasContent("mine");
        assertThat(folder.toFile().list()).hasSize(1);
        assertThatThrownBy(() -> BackupService.refuseUnusable(folder.resolve("no/such/backup.zip")))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("There is no folder");
    }

    @Test
    @DisplayName("A file that is no backup, is cut, changed or of a later version restores nothing")
    void restoresNothingThatIsNotWhole() throws IOException {
        People.somebody(source);
        source.getBean(Photos.class).keep(Photo.of(Images.jpeg(16, 16)));
        backups().backup(file, "test", BackupProgress.NONE);
        byte[] whole = Files.readAllBytes(file);
        try (ApplicationContext target = Contexts.start(Database.SQLITE, Map.of())) {
            refused(target, write("not a zip"), "is no backup of Latchkey");
            refused(target, folder.resolve("nowhere.zip"), "is not there or cannot be read");
            Files.write(file, Arrays.copyOf(whole, whole.length - 100));
            refused(target, file, "the end of it is missing");
            Files.write(file, whole);
            refused(target, with("tables/profiles.jsonl", "[]"), "tables/profiles.jsonl is not what was written");
            refused(target, with("tables/strangers.jsonl", "[]"), "its parts are not those");
            String manifest = entry(Manifest.NAME);
            refused(
                    target,
                    with(Manifest.NAME, manifest.replace("\"format\":1", "\"format\":2")),
                    "The backup has the form 2, and this version of Latchkey reads 1.");
            refused(
                    target,
                    with(Manifest.NAME, manifest.replace("\"schema\":\"1\"", "\"schema\":\"7\"")),
                    "The backup has version 7 of the database's schema, and the database here has 1.");
            refused(target, with(Manifest.NAME, "{"), "cannot be read");
            assertThat(Sql.count(target, "SELECT count(*) FROM accounts")).isZero();
            assertThat(Sql.count(target, "SELECT count(*) FROM photos")).isZero();
            assertThat(Sql.count(target, "SELECT count(*) FROM restores")).isZero();

            // And then all the same the one that is whole.
            Files.write(file, whole);
            target.getBean(RestoreService.class).restore(file, BackupProgress.NONE);
            assertThat(Sql.count(target, "SELECT count(*) FROM accounts")).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Nothing is restored where another process uses the database")
    void keepsOffWhatIsUsed(Database database) throws IOException {
        People.somebody(source);
        backups().backup(file, "test", BackupProgress.NONE);
        Map<String, Object> empty = database.fresh();
        try (ApplicationContext server = Contexts.start(empty, Map.of());
                ApplicationContext target = Contexts.start(empty, Map.of())) {
            refused(target, file, "Another process of Latchkey uses this database. Stop it, and restore then.");
            assertThat(Sql.count(server, "SELECT count(*) FROM accounts")).isZero();
        }
    }

    @Test
    @DisplayName("A restore that breaks off leaves no account, and another one goes through")
    void canBeRepeated() {
        People.somebody(source);
        Photo photo = Photo.of(Images.jpeg(17, 17));
        source.getBean(Photos.class).keep(photo);
        backups().backup(file, "test", BackupProgress.NONE);
        try (ApplicationContext target = Contexts.start(Database.SQLITE, Map.of())) {
            RestoreService restores = target.getBean(RestoreService.class);
            assertThatThrownBy(() -> restores.restore(file, (step, done, all) -> {
                        if (step == BackupProgress.Step.PHOTOS) {
                            throw new IllegalStateException("broken off");
                        }
                    }))
                    .hasMessage("broken off");
            assertThat(Sql.count(target, "SELECT count(*) FROM accounts")).isZero();
            restores.restore(file, BackupProgress.NONE);
            assertThat(Sql.count(target, "SELECT count(*) FROM photos WHERE hash = '" + photo.hash() + "'"))
                    .isEqualTo(1);
        }
    }

    private BackupService backups() {
        return source.getBean(BackupService.class);
    }

    private static void refused(ApplicationContext target, Path file, String why) {
        assertThatThrownBy(() -> target.getBean(RestoreService.class).restore(file, BackupProgress.NONE))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining(why);
    }

    private Path write(String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String entry(String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A copy of the backup in which one entry is another. */
    private Path with(String name, String text) throws IOException {
        Path copy = Files.createTempFile(folder, "changed", ".zip");
        try (ZipFile zip = new ZipFile(file.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (ZipEntry entry :
                    zip.stream().filter(entry -> !entry.getName().equals(name)).toList()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                zip.getInputStream(entry).transferTo(out);
            }
            out.putNextEntry(new ZipEntry(name));
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)).transferTo(out);
        }
        return copy;
    }

    /** A disk with so many bytes left. */
    private static final class FullDisk extends FilterOutputStream {
        private long left;

        FullDisk(OutputStream disk, long left) {
            super(disk);
            this.left = left;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new IOException("No space left on device");
            }
            out.write(bytes, offset, length);
        }
    }
}
