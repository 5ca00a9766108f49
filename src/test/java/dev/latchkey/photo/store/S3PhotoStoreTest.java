package dev.latchkey.photo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.S3Settings;
import dev.latchkey.config.checks.UnusableSetting;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoShelf;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.photo.PhotoStoreUnavailable;
import dev.latchkey.support.Database;
import dev.latchkey.support.S3Server;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

@ParameterizedClass
@EnumSource(Database.class)
final class S3PhotoStoreTest extends PhotoStoreContract {
    private static S3Server server;

    private Map<String, Object> bucket;
    private S3Settings settings;
    private S3Client client;
    private S3PhotoStore store;

    S3PhotoStoreTest(Database database) {
        super(database);
    }

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
        bucket = server.bucket();
        settings = settings(bucket, Map.of());
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

    @Override
    List<String> kept() {
        return server.keys(bucket).stream()
                .map(key -> key.replaceAll("photos/|\\.jpg", ""))
                .toList();
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
        for (int i = 0; i < 105; i++) {
            put(photo("number " + i));
        }
        List<String> others =
                List.of("photos/readme.txt", "photos/" + "0".repeat(64), "other/" + "0".repeat(64) + ".jpg");
        others.forEach(key -> server.put(settings.bucket(), key));
        assertThat(shelf().hashes()).hasSize(105).doesNotHaveDuplicates();
        shelf().clock.advance(PhotoShelf.GRACE.plusMillis(1));

        assertThat(shelf().sweep.sweep()).isEqualTo(105);
        assertThat(server.keys(bucket)).containsExactlyInAnyOrderElementsOf(others);
    }

    @Test
    void leavesNothingBesidePhotos() {
        Photo photo = photo("one");
        put(photo);
        shelf().deleteOlder(photo.hash(), shelf().clock.instant().plusMillis(1));

        assertThat(server.keys(bucket)).isEmpty();
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
                    () -> gone.delete(photo.hash()),
                    () -> gone.publish(photo),
                    () -> gone.unpublish(photo.hash()))) {
                assertThatThrownBy(call::run).isInstanceOf(PhotoStoreUnavailable.class);
            }
        }
    }

    @Test
    void showsAPhotoInAPublicBucketOnlyOnceItIsPublished() {
        PhotoShelf open = openShelf();
        Photo photo = photo("one");
        String shown = shown(photo);

        open.photos.keep(photo);
        assertThat(server.keys(bucket)).singleElement().asString().startsWith("unseen/" + photo.hash() + "-");
        assertThat(open.unpublished()).containsExactly(photo.hash());
        open.align(photo);
        assertThat(server.keys(bucket)).hasSize(1);

        needed.add(photo.hash());
        assertThat(open.photos.find(photo.hash())).isPresent();
        open.align(photo);
        assertThat(server.keys(bucket)).contains(shown).hasSize(2);
        assertThat(open.unpublished()).isEmpty();

        open.align(photo);
        assertThat(server.keys(bucket)).contains(shown);
        needed.clear();
        open.align(photo);
        assertThat(server.keys(bucket)).singleElement().asString().startsWith("unseen/");
        assertThat(open.unpublished()).containsExactly(photo.hash());

        needed.add(photo.hash());
        open.align(photo);
        needed.clear();
        assertThat(open.deleteOlder(photo.hash(), open.clock.instant().plusMillis(1)))
                .isTrue();
        assertThat(server.keys(bucket)).isEmpty();
    }

    @Test
    void neverTakesAPhotoBackThatIsPublishedMeanwhile() throws Exception {
        PhotoShelf open = openShelf();
        Photo photo = photo("one");
        String shown = shown(photo);
        needed.add(photo.hash());
        open.photos.keep(photo);
        open.align(photo);
        needed.clear();
        AtomicReference<@Nullable Future<?>> published = new AtomicReference<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.beforeDelete(deleted -> {
                if (deleted.equals(shown)) {
                    // It was not needed when that was last asked; only now somebody else's save is committed.
                    server.beforeDelete(other -> {});
                    needed.add(photo.hash());
                    Future<?> late = threads.submit(() -> open.align(photo));
                    published.set(late);
                    assertThatThrownBy(() -> late.get(300, TimeUnit.MILLISECONDS))
                            .isInstanceOf(TimeoutException.class);
                }
            });

            open.align(photo);
            published.get().get();
        }

        assertThat(server.keys(bucket)).contains(shown);
    }

    @Test
    void leavesAPhotoAloneThatItTookTooLongToGetTo() {
        PhotoShelf[] slow = new PhotoShelf[1];
        slow[0] = openShelf(hash -> {
            slow[0].clock.advance(Duration.ofSeconds(30));
            return false;
        });
        Photo photo = photo("one");
        slow[0].photos.keep(photo);
        server.put(settings.bucket(), shown(photo));

        slow[0].align(photo);

        assertThat(server.keys(bucket)).contains(shown(photo));
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

    /** Photos in the bucket, as if it were public. */
    private PhotoShelf openShelf() {
        return openShelf(needed::contains);
    }

    private PhotoShelf openShelf(Predicate<String> isShown) {
        S3Settings open = settings(bucket, Map.of("latchkey.s3.public-url", "https://photos.example.com"));
        return new PhotoShelf(database, store(client, open), PhotoShelf.showing(isShown));
    }

    private static String shown(Photo photo) {
        return "photos/" + photo.hash() + ".jpg";
    }

    private S3PhotoStore store(S3Client client, S3Settings settings) {
        return new S3PhotoStore(client, settings, PhotoShelf.secret(database));
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
}
