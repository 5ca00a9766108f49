package dev.latchkey.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoSource;
import dev.latchkey.photo.Photos;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.S3Server;
import io.micronaut.context.ApplicationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilePhotosTest {
    private static final int PAIRS = 8;

    /** Saves of the same picture, in every phase from before its storing to after its commit, while somebody leaves. */
    @ParameterizedTest
    @ValueSource(strings = {"local", "private bucket", "public bucket"})
    void losesNoPhotoToSomebodyWhoLeavesWithTheSame(String place) throws Exception {
        S3Server s3 = new S3Server();
        Map<String, Object> settings = switch (place) {
            case "local" -> Map.of();
            case "private bucket" -> s3.bucket();
            default -> s3.publicBucket();
        };
        try (s3;
                ApplicationContext context = Contexts.start(Database.SQLITE, settings);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ProfileEdits edits = context.getBean(ProfileEdits.class);
            Photos photos = context.getBean(Photos.class);
            CyclicBarrier start = new CyclicBarrier(2 * PAIRS);
            List<Future<SaveOutcome>> saves = new ArrayList<>();
            List<Future<?>> leavings = new ArrayList<>();
            List<Account> staying = new ArrayList<>();
            for (int pair = 0; pair < PAIRS; pair++) {
                byte[] picture = Images.jpeg(100 + pair, 300);
                String hash = Images.processed(context, picture).hash();
                Account leaver = People.somebody(context);
                edits.save(
                        Links.fresh(context, leaver),
                        ProfileChange.of(Map.of()).with(new PhotoChange.Upload(PhotoSource.of(picture))));
                Account stayer = People.somebody(context);
                staying.add(stayer);
                String token = Links.fresh(context, stayer);
                // A new passphrase keeps a save busy between storing its photo and its commit.
                ProfileChange input = ProfileChange.of(Map.of())
                        .with(new PassphraseChoice.Typed("seven quiet otters"))
                        .with(new PhotoChange.Upload(PhotoSource.of(picture)));
                Future<SaveOutcome> saving = threads.submit(() -> {
                    start.await();
                    return edits.save(token, input);
                });
                saves.add(saving);
                leavings.add(threads.submit(() -> {
                    start.await();
                    context.getBean(Accounts.class).remove(leaver.id());
                    do {
                        photos.left(hash);
                    } while (!isDone(saving));
                    return null;
                }));
            }
            for (Future<SaveOutcome> save : saves) {
                assertThat(save.get()).isInstanceOf(SaveOutcome.Saved.class);
            }
            for (Future<?> leaving : leavings) {
                leaving.get();
            }

            for (Account stayer : staying) {
                String hash = context.getBean(Profiles.class)
                        .find(stayer.id())
                        .map(Profile::photoHash)
                        .orElseThrow();
                assertThat(photos.find(hash)).isPresent();
                if (place.equals("public bucket")) {
                    assertThat(s3.keys(settings)).contains("photos/" + hash + ".jpg");
                }
            }
        }
    }

    /** Looks again after a moment. */
    private static boolean isDone(Future<?> saving) throws Exception {
        try {
            saving.get(3, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Test
    void findsWhatSomebodyShowsAndNothingElse() {
        ApplicationContext context = Contexts.shared(Database.SQLITE, Map.of("test.clock", true));
        Photos photos = context.getBean(Photos.class);
        Photo photo = Images.processed(context, Images.jpeg(77, 77));
        photos.keep(photo);

        assertThat(photos.find(photo.hash())).isEmpty();
        assertThat(photos.find("\0")).isEmpty();
        Account somebody = People.somebody(context);
        context.getBean(ProfileEdits.class)
                .save(
                        Links.fresh(context, somebody),
                        ProfileChange.of(Map.of()).with(new PhotoChange.Upload(PhotoSource.of(Images.jpeg(77, 77)))));

        assertThat(photos.find(photo.hash())).isPresent();
    }
}
