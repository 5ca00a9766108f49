package dev.latchkey.photo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.S3Settings;
import dev.latchkey.config.UnusableSetting;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.photo.PhotoStoreUnavailable;
import dev.latchkey.support.S3Server;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

final class S3PhotoStoreTest extends PhotoStoreContract {
    private static S3Server server;

    private S3Settings settings;
    private S3Client client;
    private S3PhotoStore store;

    @BeforeAll
    static void start() {
        server = new S3Server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        settings = settings(server.bucket(), Map.of());
        client = new Buckets().client(settings);
        store = store(client, settings);
    }

    @AfterEach
    void close() {
        server.afterPut(key -> {});
        server.beforeDelete(key -> {});
        client.close();
    }

    @Override
    PhotoStore store() {
        return store;
    }

    /** The server has a clock of its own. */
    @Override
    void advance(Duration by) {
        Photo probe = photo("probe");
        store.put(probe);
        Instant before = storedAt(probe);
        Awaitility.await().until(() -> {
            store.put(probe);
            return storedAt(probe).isAfter(before);
        });
    }

    @Test
    void tellsBrowsersOfAPublicBucketWhatItIsAndThatItStays() {
        Photo photo = photo("one");
        store.put(photo);

        HeadObjectResponse head =
                client.headObject(get -> get.bucket(settings.bucket()).key("photos/" + photo.hash() + ".jpg"));

        assertThat(head.contentType()).isEqualTo("image/jpeg");
        assertThat(head.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
    }

    @Test
    void listsMoreThanOnePageAndOnlyPhotos() {
        for (int i = 0; i < 1_005; i++) {
            put("photos/" + photo("number " + i).hash() + ".jpg");
        }
        put("photos/readme.txt");
        put("photos/" + "0".repeat(64));
        put("other/" + "0".repeat(64) + ".jpg");

        assertThat(hashes()).hasSize(1_005).doesNotHaveDuplicates();
    }

    @Test
    void neverLosesAPhotoThatIsPutWhileItIsSwept() throws Exception {
        Photo photo = photo("one");
        String key = "photos/" + photo.hash() + ".jpg";
        store.put(photo);
        advance(Duration.ofDays(1));
        Instant limit = storedAt(photo("probe"));
        CountDownLatch written = new CountDownLatch(1);
        AtomicReference<@Nullable Future<?>> put = new AtomicReference<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.beforeDelete(deleted -> {
                if (deleted.equals(key)) {
                    // The sweeper has looked at the time and found it old; only now the photo is stored again.
                    server.beforeDelete(other -> {});
                    server.afterPut(stored -> {
                        if (stored.equals(key)) {
                            written.countDown();
                        }
                    });
                    put.set(threads.submit(() -> store.put(photo)));
                    await(written);
                }
            });

            store.deleteOlder(photo.hash(), limit);
            put.get().get();
        }

        assertThat(store.find(photo.hash())).isPresent();
    }

    @Test
    void forgetsAnnouncementsOfSweepersThatDied() {
        Photo photo = photo("one");
        put("sweeping/" + photo.hash() + "/dead");

        assertThatThrownBy(() -> store.put(photo)).isInstanceOf(PhotoStoreUnavailable.class);
        store.discardUnfinished(Instant.now().plusSeconds(5));
        store.put(photo);

        assertThat(hashes()).containsExactly(photo.hash());
    }

    @Test
    void leavesNothingBesidePhotos() {
        Photo photo = photo("one");
        store.put(photo);
        store.deleteOlder(photo.hash(), Instant.MAX);

        assertThat(client.listObjectsV2(list -> list.bucket(settings.bucket())).contents())
                .isEmpty();
    }

    @Test
    void saysThatItIsUnavailableWhileTheStoreIsDown() {
        S3Server down = new S3Server();
        S3Settings its = settings(down.bucket(), Map.of());
        try (S3Client other = new Buckets().client(its)) {
            S3PhotoStore gone = store(other, its);
            Photo photo = photo("one");
            gone.put(photo);
            down.close();

            for (Runnable call : List.<Runnable>of(
                    () -> gone.put(photo),
                    () -> gone.find(photo.hash()),
                    () -> gone.deleteOlder(photo.hash(), Instant.MAX),
                    () -> gone.discardUnfinished(Instant.MAX),
                    () -> gone.list().count())) {
                assertThatThrownBy(call::run).isInstanceOf(PhotoStoreUnavailable.class);
            }
        }
    }

    @Test
    void showsAPhotoInAPublicBucketOnlyOnceItIsPublished() {
        Map<String, Object> bucket = server.publicBucket();
        S3PhotoStore open = store(client, settings(bucket, Map.of()));
        Photo photo = photo("one");
        String shown = "photos/" + photo.hash() + ".jpg";

        open.put(photo);
        assertThat(server.keys(bucket)).singleElement().asString().startsWith("unseen/" + photo.hash() + "-");
        assertThat(open.find(photo.hash())).isPresent();
        assertThat(open.unpublished()).containsExactly(photo.hash());

        open.publish(photo);
        assertThat(server.keys(bucket)).contains(shown).hasSize(2);
        assertThat(open.unpublished()).isEmpty();

        open.unpublish(photo.hash(), () -> true);
        assertThat(server.keys(bucket)).contains(shown);
        open.unpublish(photo.hash(), () -> false);
        assertThat(server.keys(bucket)).singleElement().asString().startsWith("unseen/");
        assertThat(open.find(photo.hash())).isPresent();

        open.publish(photo);
        assertThat(open.deleteOlder(photo.hash(), Instant.MAX)).isTrue();
        assertThat(server.keys(bucket)).isEmpty();
    }

    @Test
    void neverTakesAPhotoBackThatIsPublishedMeanwhile() throws Exception {
        Map<String, Object> bucket = server.publicBucket();
        S3PhotoStore open = store(client, settings(bucket, Map.of()));
        Photo photo = photo("one");
        String shown = "photos/" + photo.hash() + ".jpg";
        open.publish(photo);
        AtomicBoolean needed = new AtomicBoolean();
        CountDownLatch written = new CountDownLatch(1);
        AtomicReference<@Nullable Future<?>> published = new AtomicReference<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.beforeDelete(deleted -> {
                if (deleted.equals(shown)) {
                    // It was not needed when that was last asked; only now somebody else's save is committed.
                    server.beforeDelete(other -> {});
                    needed.set(true);
                    server.afterPut(stored -> {
                        if (stored.equals(shown)) {
                            written.countDown();
                        }
                    });
                    published.set(threads.submit(() -> open.publish(photo)));
                    await(written);
                }
            });

            open.unpublish(photo.hash(), needed::get);
            published.get().get();
        }

        assertThat(server.keys(bucket)).contains(shown);
    }

    @Test
    void asksForTheBucketAtTheStart() {
        check(settings(server.bucket(), Map.of()));
        assertThatThrownBy(() -> check(settings(server.settings("nobody-made-this"), Map.of())))
                .isInstanceOf(UnusableSetting.class)
                .hasMessage("LATCHKEY_S3_BUCKET: there is no bucket \"nobody-made-this\"."
                        + " Create it, or name one that is there.");
        assertThatThrownBy(() -> check(settings(server.bucket(), Map.of("latchkey.s3.secret-key", "wrong"))))
                .isInstanceOf(UnusableSetting.class)
                .hasMessageStartingWith("LATCHKEY_S3_ACCESS_KEY: the store keeps these credentials from the bucket ");
        assertThatThrownBy(() -> check(settings(server.bucket(), Map.of("latchkey.s3.endpoint", "http://127.0.0.1:9"))))
                .isInstanceOf(UnusableSetting.class)
                .hasMessageStartingWith("LATCHKEY_S3_ENDPOINT: the store cannot be asked for the bucket (");
    }

    private static S3PhotoStore store(S3Client client, S3Settings settings) {
        return new S3PhotoStore(
                new BucketObjects(client, settings),
                new UnseenNames(new SecretKeySpec(new byte[32], "HmacSHA256")),
                settings);
    }

    private static void check(S3Settings settings) {
        try (S3Client client = new Buckets().client(settings)) {
            new BucketCheck(client, settings).check();
        }
    }

    private static S3Settings settings(Map<String, Object> bucket, Map<String, Object> changed) {
        Map<String, Object> all = new HashMap<>(bucket);
        all.putAll(changed);
        return new S3Settings(
                String.valueOf(all.get("latchkey.s3.bucket")),
                String.valueOf(all.get("latchkey.s3.endpoint")),
                null,
                String.valueOf(all.get("latchkey.s3.access-key")),
                String.valueOf(all.get("latchkey.s3.secret-key")),
                (String) all.get("latchkey.s3.public-url"));
    }

    private void put(String key) {
        server.put(settings.bucket(), key);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
