package dev.latchkey.photo.store;

import dev.latchkey.config.S3Settings;
import dev.latchkey.photo.PhotoStoreUnavailable;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of the bucket, by key; {@link PhotoStoreUnavailable} for whatever keeps the store from answering. */
@Singleton
@Requires(bean = S3Settings.class)
final class BucketObjects {
    /** What an address shows never changes. */
    private static final String CACHE = "public, max-age=31536000, immutable";

    private final S3Client client;
    private final String bucket;

    BucketObjects(S3Client client, S3Settings settings) {
        this.client = client;
        this.bucket = settings.bucket();
    }

    boolean write(String key, byte[] bytes) {
        ask(
                "An object cannot be written",
                () -> client.putObject(
                        put -> put.bucket(bucket)
                                .key(key)
                                .contentType("image/jpeg")
                                .cacheControl(CACHE),
                        RequestBody.fromBytes(bytes)));
        return true;
    }

    Optional<byte[]> read(String key) {
        return ask("An object cannot be read", () -> {
            try {
                return Optional.of(
                        client.getObjectAsBytes(get -> get.bucket(bucket).key(key))
                                .asByteArrayUnsafe());
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    /** Removing what is not there is no error. */
    boolean remove(String key) {
        ask(
                "An object cannot be deleted",
                () -> client.deleteObject(delete -> delete.bucket(bucket).key(key)));
        return true;
    }

    /** When it was last written, by the store's own clock; as lists tell it, since other answers round to seconds. */
    Optional<Instant> writtenAt(String key) {
        return list(key).findFirst().map(S3Object::lastModified);
    }

    /** Those whose key begins so. Pages are fetched one by one, while the stream is read. */
    Stream<S3Object> list(String prefix) {
        Iterator<ListObjectsV2Response> pages = client.listObjectsV2Paginator(
                        list -> list.bucket(bucket).prefix(prefix))
                .iterator();
        return Stream.generate(() -> ask("The bucket cannot be listed", () -> next(pages)))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .flatMap(page -> page.contents().stream());
    }

    private static <T> Optional<T> next(Iterator<T> pages) {
        return pages.hasNext() ? Optional.of(pages.next()) : Optional.empty();
    }

    /** The SDK tries again by itself, save when a connection breaks that the server had already given up. */
    private static <T> T ask(String otherwise, Supplier<T> call) {
        for (int left = Buckets.ATTEMPTS - 1; ; left--) {
            try {
                return call.get();
            } catch (SdkException e) {
                throw new PhotoStoreUnavailable(otherwise, e);
            } catch (UncheckedIOException e) {
                if (left == 0) {
                    throw new PhotoStoreUnavailable(otherwise, e);
                }
            }
        }
    }
}
