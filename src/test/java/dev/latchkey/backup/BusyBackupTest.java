package dev.latchkey.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.account.Account;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoSource;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.PhotoChange;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.Profiles;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BusyBackupTest {
    private static final int CALLERS = 4;
    private static final int MOST_BACKUPS = 50;
    private static final Map<String, Object> MANY = Map.of(
            "latchkey.links-per-minute", 1_000_000,
            "latchkey.links-per-hour", 1_000_000,
            "latchkey.photos-per-hour", 1_000_000);

    @TempDir
    Path folder;

    private final AtomicInteger number = new AtomicInteger();
    private final Queue<Saved> saved = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @EnumSource
    @DisplayName("Whatever was acknowledged before a backup began is in it, photo and all, and nothing of it is torn")
    void holdsAllThatWasAcknowledgedBefore(Database database) throws Exception {
        Path file;
        List<Saved> before;
        try (ApplicationContext context = Contexts.start(database, MANY);
                ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            AtomicBoolean ended = new AtomicBoolean();
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(() -> {
                    while (!ended.get()) {
                        saveSomebody(context);
                    }
                    return true;
                }));
            }
            await().until(() -> saved.size() >= 3 * CALLERS || callers.stream().anyMatch(Future::isDone));
            int backups = 0;
            do {
                // Until somebody saved while it ran: a small backup may come between two saves.
                file = folder.resolve("busy-" + backups++ + ".zip");
                before = List.copyOf(saved);
                context.getBean(BackupService.class).backup(file, "test", BackupProgress.NONE);
            } while (saved.size() == before.size() && backups < MOST_BACKUPS);
            int during = saved.size();
            ended.set(true);
            for (Future<?> caller : callers) {
                caller.get();
            }
            assertThat(during).as("saves while it ran").isGreaterThan(before.size());
        }

        try (ApplicationContext context = Contexts.start(Database.SQLITE, MANY)) {
            context.getBean(RestoreService.class).restore(file, BackupProgress.NONE);
            Profiles profiles = context.getBean(Profiles.class);
            Photos photos = context.getBean(Photos.class);
            for (Saved one : before) {
                Profile profile = profiles.find(one.account()).orElseThrow();
                assertThat(profile.bio()).isEqualTo(one.bio());
                assertThat(profile.photoHash()).isEqualTo(one.photo());
            }
            // Of those that came meanwhile, each is there as a whole or not at all.
            for (Saved one : saved) {
                profiles.find(one.account())
                        .map(Profile::photoHash)
                        .ifPresent(hash -> assertThat(photos.find(hash))
                                .as("photo of " + one)
                                .isPresent());
            }
            assertThat(Sql.count(context, "SELECT count(*) FROM profiles WHERE bio IS NULL OR photo_hash IS NULL"))
                    .isZero();
            assertThat(Sql.count(
                            context,
                            "SELECT count(*) FROM profiles WHERE account_id NOT IN (SELECT account_id FROM changes)"))
                    .isZero();
        }
    }

    private void saveSomebody(ApplicationContext context) {
        int mine = number.incrementAndGet();
        Account account = People.somebody(context);
        byte[] upload = Images.jpeg(16 + mine % 200, 16 + mine / 200);
        Photo photo = Images.processed(context, upload);
        String bio = "Bio " + mine;
        SaveOutcome outcome = context.getBean(ProfileEdits.class)
                .save(
                        Links.fresh(context, account),
                        ProfileChange.of(Map.of(ProfileField.BIO, bio))
                                .with(PhotoChange.of(PhotoSource.of(upload), false)));
        assertThat(outcome).isInstanceOf(SaveOutcome.Saved.class);
        saved.add(new Saved(account.id(), bio, photo.hash()));
    }

    private record Saved(UUID account, String bio, String photo) {}
}
