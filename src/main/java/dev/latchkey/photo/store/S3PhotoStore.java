package dev.latchkey.photo.store;

import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.S3Settings;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.photo.PhotoStoreUnavailable;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Photos as objects {@code photos/<hash>.jpg} in a bucket.
 *
 * <p>Where browsers read {@code photos/} themselves, a photo is first kept below {@code unseen/} and copied once a profile
 * shows it. Whoever uploads a picture knows its hash, so the name there holds a digest that only the server secret makes:
 * even in a bucket that is public as a whole, nobody can ask for it.
 */
@Singleton
@Requires(bean = S3Settings.class)
final class S3PhotoStore implements PhotoStore {
    /** What an address shows never changes. */
    private static final String CACHE = "public, max-age=31536000, immutable";

    private final S3Client client;
    private final S3Settings settings;
    private final KeyedDigest digests;

    S3PhotoStore(S3Client client, S3Settings settings, ServerSecret secret) {
        this.client = client;
        this.settings = settings;
        this.digests = secret.mac("unseen-photo");
    }

    @Override
    public void put(Photo photo) {
        write(isPublic() ? unseen(photo.hash()) : shown(photo.hash()), photo);
    }

    @Override
    public Optional<Photo> find(String hash) {
        return Photo.isHash(hash)
                ? ask("read", s3 -> read(s3, shown(hash)).or(() -> read(s3, unseen(hash))))
                        .map(jpeg -> new Photo(hash, jpeg))
                : Optional.empty();
    }

    @Override
    public void delete(String hash) {
        remove(shown(hash));
        remove(unseen(hash));
    }

    @Override
    public boolean isPublic() {
        return settings.publicUrl() != null;
    }

    @Override
    public void publish(Photo photo) {
        write(shown(photo.hash()), photo);
    }

    @Override
    public void unpublish(String hash) {
        remove(shown(hash));
    }

    private static String shown(String hash) {
        return "photos/" + hash + ".jpg";
    }

    private String unseen(String hash) {
        return "unseen/" + hash + "-" + digests.of(hash) + ".jpg";
    }

    private void write(String key, Photo photo) {
        PutObjectResponse written = ask(
                "written",
                s3 -> s3.putObject(
                        put -> put.bucket(settings.bucket())
                                .key(key)
                                .contentType("image/jpeg")
                                .cacheControl(CACHE),
                        RequestBody.fromBytes(photo.jpeg())));
        if (written.eTag() == null) {
            // Something that stands before the store has answered in its place.
            throw new PhotoStoreUnavailable("The store does not say that a photo was written");
        }
    }

    private Optional<byte[]> read(S3Client s3, String key) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(get -> get.bucket(settings.bucket()).key(key))
                            .asByteArrayUnsafe());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /** Removing what is not there is no error. */
    private void remove(String key) {
        ask(
                "deleted",
                s3 -> s3.deleteObject(delete -> delete.bucket(settings.bucket()).key(key)));
    }

    /**
     * Waits for the bucket, but not for ever: the SDK's time-outs end single calls; they neither add up several calls, nor
     * end the draining of an answer that comes in byte by byte.
     */
    private <T> T ask(String what, Function<S3Client, T> call) {
        FutureTask<T> task = new FutureTask<>(() -> attempt(call));
        Thread.ofVirtual().name("bucket").start(task);
        try {
            return task.get(Buckets.FOR_ALL_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            task.cancel(true);
            throw new PhotoStoreUnavailable("A photo cannot be " + what, e);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new PhotoStoreUnavailable("Interrupted while waiting for the bucket", e);
        }
    }

    /** The SDK tries again by itself, save when a connection breaks that the server had already given up. */
    private <T> T attempt(Function<S3Client, T> call) {
        for (int left = Buckets.ATTEMPTS - 1; ; left--) {
            try {
                return call.apply(client);
            } catch (UncheckedIOException e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }
}
