package dev.latchkey.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Account;
import dev.latchkey.backup.BackupProgress.Step;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoSource;
import dev.latchkey.photo.PhotoSweep;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.PhotoChange;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.Profiles;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.S3Server;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.transaction.TransactionOperations;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Photos on their way into a backup and back, wherever they are kept, and whatever becomes of them meanwhile. */
class BackupOfPhotosTest {
    private static final Map<String, Object> MANY =
            Map.of("latchkey.links-per-minute", 1_000_000, "latchkey.links-per-hour", 1_000_000);
    private static final AtomicInteger SIDE = new AtomicInteger(32);

    private S3Server s3;

    @TempDir
    Path folder;

    private Path file;

    private enum Place {
        FOLDER,
        BUCKET,
        PUBLIC_BUCKET
    }

    @BeforeEach
    void open() {
        s3 = new S3Server();
        file = folder.resolve("latchkey.zip");
    }

    @AfterEach
    void close() {
        s3.close();
    }

    @ParameterizedTest
    @CsvSource({"FOLDER,BUCKET", "BUCKET,FOLDER", "BUCKET,PUBLIC_BUCKET", "PUBLIC_BUCKET,BUCKET"})
    @DisplayName("Photos go from a folder or a bucket into the backup, and from it into another folder or bucket")
    void carriesPhotosBetweenStores(Place from, Place to) {
        UUID account;
        Photo shown;
        try (ApplicationContext source = Contexts.start(Database.SQLITE, with(settings(from)))) {
            Account somebody = People.somebody(source);
            account = somebody.id();
            shown = show(source, somebody);
            assertThat(backup(source).photos()).isEqualTo(1);
        }

        Map<String, Object> store = settings(to);
        try (ApplicationContext target = Contexts.start(Database.SQLITE, with(store))) {
            BackupService.Summary read = target.getBean(RestoreService.class).restore(file, BackupProgress.NONE);
            assertThat(read.photos()).isEqualTo(1);
            assertThat(photoOf(target, account)).isEqualTo(shown.hash());
            assertThat(target.getBean(Photos.class)
                            .find(shown.hash())
                            .orElseThrow()
                            .jpeg())
                    .isEqualTo(shown.jpeg());
        }
        if (to != Place.FOLDER) {
            // In a public bucket, where browsers look for it.
            assertThat(s3.keys(store)).contains("photos/" + shown.hash() + ".jpg");
        }
    }

    @Test
    @DisplayName("A bucket that is away leaves no backup, and restores nobody; one that lost a photo is told of")
    void saysWhatABucketKeepsBack() {
        Map<String, Object> bucket = with(settings(Place.BUCKET));
        Map<String, Object> other = with(settings(Place.BUCKET));
        Map<String, Object> database = Database.SQLITE.withTables();
        try (ApplicationContext source = Contexts.start(database, bucket)) {
            Account somebody = People.somebody(source);
            Photo lost = show(source, somebody);
            show(source, People.somebody(source));
            s3.remove(bucket, "photos/" + lost.hash() + ".jpg");
            BackupService.Summary written = backup(source);
            assertThat(written.photos()).isEqualTo(1);
            assertThat(written.missingPhotos()).isEqualTo(1);

            s3.close();
            Path second = folder.resolve("second.zip");
            assertThatThrownBy(() -> source.getBean(BackupService.class).backup(second, "test", BackupProgress.NONE))
                    .isInstanceOf(BackupRefused.class)
                    .hasMessageStartingWith("The photos cannot be read (");
            assertThat(folder.toFile().list()).containsExactly("latchkey.zip");
        }
        try (ApplicationContext target = Contexts.start(Database.SQLITE, other)) {
            assertThatThrownBy(() -> target.getBean(RestoreService.class).restore(file, BackupProgress.NONE))
                    .isInstanceOf(BackupRefused.class)
                    .hasMessageContaining("nobody's account is there");
            assertThat(Sql.count(target, "SELECT count(*) FROM accounts")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A photo that is given up and swept while the backup runs is in it where its rows name it")
    void holdsWhatIsSweptBesideIt(Database database) {
        Map<UUID, String> named = new HashMap<>();
        try (ApplicationContext source = Contexts.start(database, with(Map.of("test.clock", true)))) {
            Account early = People.somebody(source);
            Account steady = People.somebody(source);
            List<Account> people = List.of(early, steady);
            // So many that somebody hears of them while they are written.
            transactions(source).executeWrite(status -> {
                for (int i = 0; i < 1_000; i++) {
                    People.somebody(source);
                }
                return status;
            });
            String before = show(source, early).hash();
            String old = show(source, steady).hash();
            source.getBean(MutableClock.class).advance(Duration.ofDays(40));
            List<Step> met = new ArrayList<>();
            BackupService.Summary written = source.getBean(BackupService.class)
                    .backup(file, "test", (step, done, all) -> {
                        if (!met.contains(step)) {
                            met.add(step);
                            beside(() -> {
                                if (step == Step.PHOTOS) {
                                    show(source, early);
                                } else {
                                    people.forEach(one -> named.put(one.id(), photoOf(source, one.id())));
                                    people.forEach(one -> change(source, one, new PhotoChange.Remove()));
                                }
                                // The time to undo is over.
                                Sql.run(source, "DELETE FROM changes");
                                source.getBean(PhotoSweep.class).sweep();
                            });
                        }
                    });
            assertThat(met).containsExactly(Step.PHOTOS, Step.ROWS);
            assertThat(named).containsEntry(steady.id(), old).hasSize(2);
            for (String swept : List.of(before, old)) {
                assertThat(Sql.count(source, "SELECT count(*) FROM photos WHERE hash = '" + swept + "'"))
                        .isZero();
            }
            assertThat(written.missingPhotos()).isZero();
        }
        try (ApplicationContext target = Contexts.start(Database.SQLITE, MANY)) {
            target.getBean(RestoreService.class).restore(file, BackupProgress.NONE);
            named.forEach((account, photo) -> {
                assertThat(photoOf(target, account)).isEqualTo(photo);
                assertThat(target.getBean(Photos.class).find(photo)).isPresent();
            });
        }
    }

    /** Not in the transaction that the backup holds. */
    private static void beside(Runnable work) {
        CompletableFuture.runAsync(work).join();
    }

    @SuppressWarnings("unchecked")
    private static TransactionOperations<Connection> transactions(ApplicationContext context) {
        return context.getBean(TransactionOperations.class);
    }

    private BackupService.Summary backup(ApplicationContext source) {
        return source.getBean(BackupService.class).backup(file, "test", BackupProgress.NONE);
    }

    private Map<String, Object> settings(Place place) {
        return switch (place) {
            case FOLDER -> Map.of();
            case BUCKET -> s3.bucket();
            case PUBLIC_BUCKET -> s3.publicBucket();
        };
    }

    private static Map<String, Object> with(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(MANY);
        all.putAll(settings);
        return all;
    }

    private static Photo show(ApplicationContext context, Account account) {
        int side = SIDE.incrementAndGet();
        byte[] upload = Images.jpeg(side, side);
        change(context, account, PhotoChange.of(PhotoSource.of(upload), false));
        return Images.processed(context, upload);
    }

    private static void change(ApplicationContext context, Account account, PhotoChange photo) {
        assertThat(context.getBean(ProfileEdits.class)
                        .save(
                                Links.fresh(context, account),
                                ProfileChange.of(Map.of()).with(photo)))
                .isInstanceOf(SaveOutcome.Saved.class);
    }

    private static String photoOf(ApplicationContext context, UUID account) {
        return String.valueOf(
                context.getBean(Profiles.class).find(account).orElseThrow().photoHash());
    }
}
