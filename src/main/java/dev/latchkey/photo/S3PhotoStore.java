package dev.latchkey.photo;

import dev.latchkey.config.S3Settings;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Photos as objects {@code photos/<hash>.jpg} in a bucket. The store's own clock tells when a photo was stored.
 *
 * <p>A bucket can neither move nor delete on condition of a time. So whoever sweeps a photo first announces it with an
 * object below {@code sweeping/}, then looks at the photo's time, and takes the announcement back when done. A put
 * looks for announcements only after it has written: without any, each sweeper has either finished, and then a look
 * shows whether the photo survived, or has yet to look at the time, and then sees the new one.
 */
@Singleton
@Requires(bean = S3Settings.class)
final class S3PhotoStore implements PhotoStore {
    private static final String PHOTOS = "photos/";
    private static final String SWEEPING = "sweeping/";
    private static final String SUFFIX = ".jpg";

    /** What an address shows never changes. */
    private static final String CACHE = "public, max-age=31536000, immutable";

    /** No sweeper is at it for longer: it gives up before, and puts that come later need not wait for it. */
    private static final Duration LONGEST_SWEEP = Buckets.FOR_ALL_ATTEMPTS.multipliedBy(4);

    private static final int PUTS = 20;
    private static final Duration BETWEEN_PUTS = Duration.ofMillis(100);

    private final S3Client client;
    private final String bucket;

    S3PhotoStore(S3Client client, S3Settings settings) {
        this.client = client;
        this.bucket = settings.bucket();
    }

    @Override
    public void put(Photo photo) {
        inTime(() -> keep(photo));
    }

    private boolean keep(Photo photo) {
        String key = key(photo.hash());
        for (int i = 0; i < PUTS; i++) {
            ask("A photo cannot be stored", () -> write(key, photo.jpeg()));
            if (ask("A stored photo cannot be looked at", () -> survives(photo.hash()))) {
                return true;
            }
            pause();
        }
        throw new PhotoStoreUnavailable("A photo is swept for too long");
    }

    @Override
    public Optional<Photo> find(String hash) {
        if (!Photo.isHash(hash)) {
            return Optional.empty();
        }
        return inTime(() -> ask("A photo cannot be read", () -> read(hash)));
    }

    @Override
    public void delete(String hash) {
        if (Photo.isHash(hash)) {
            inTime(() -> ask("A photo cannot be deleted", () -> remove(key(hash))));
        }
    }

    @Override
    public boolean deleteOlder(String hash, Instant than) {
        return Photo.isHash(hash) && ask("A photo cannot be swept", () -> sweep(hash, than));
    }

    /** Pages are fetched one by one, while the stream is read. */
    @Override
    public Stream<StoredPhoto> list() {
        return objects(PHOTOS)
                .filter(object -> Photo.isHash(hash(object)))
                .map(object -> new StoredPhoto(hash(object), object.lastModified()));
    }

    /** Only announcements of sweepers that died. An object of a put appears whole or not at all. */
    @Override
    public void discardUnfinished(Instant before) {
        ask("What is left of sweeps cannot be deleted", () -> {
            objects(SWEEPING)
                    .filter(object -> object.lastModified().isBefore(before))
                    .forEach(object -> remove(object.key()));
            return true;
        });
    }

    private boolean sweep(String hash, Instant than) {
        if (storedAt(hash).filter(time -> time.isBefore(than)).isEmpty()) {
            return false;
        }
        String announcement = announcements(hash) + UUID.randomUUID();
        long announced = System.nanoTime();
        write(announcement, new byte[0]);
        try {
            boolean old = storedAt(hash).filter(time -> time.isBefore(than)).isPresent();
            return old && isFresh(announced) && inTime(() -> remove(key(hash)));
        } finally {
            remove(announcement);
        }
    }

    /** Whether puts still heed an announcement of that moment, and will for as long as a call may take. */
    private static boolean isFresh(long announced) {
        return System.nanoTime() - announced
                < LONGEST_SWEEP.minus(Buckets.FOR_ALL_ATTEMPTS).toNanos();
    }

    private boolean survives(String hash) {
        boolean swept = objects(announcements(hash))
                .anyMatch(announcement -> storedAt(hash)
                        .map(announcement.lastModified().plus(LONGEST_SWEEP)::isAfter)
                        .orElse(true));
        return !swept && storedAt(hash).isPresent();
    }

    /** As lists tell it, since other answers leave out fractions of seconds. */
    private Optional<Instant> storedAt(String hash) {
        return objects(key(hash)).findFirst().map(S3Object::lastModified);
    }

    private Stream<S3Object> objects(String prefix) {
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

    private Optional<Photo> read(String hash) {
        try {
            byte[] jpeg = client.getObjectAsBytes(get -> get.bucket(bucket).key(key(hash)))
                    .asByteArrayUnsafe();
            return Optional.of(new Photo(hash, jpeg));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    private boolean write(String key, byte[] bytes) {
        client.putObject(
                put -> put.bucket(bucket).key(key).contentType("image/jpeg").cacheControl(CACHE),
                RequestBody.fromBytes(bytes));
        return true;
    }

    private boolean remove(String key) {
        client.deleteObject(delete -> delete.bucket(bucket).key(key));
        return true;
    }

    private static String key(String hash) {
        return PHOTOS + hash + SUFFIX;
    }

    private static String announcements(String hash) {
        return SWEEPING + hash + "/";
    }

    private static String hash(S3Object object) {
        String name = object.key().substring(PHOTOS.length());
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_PUTS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PhotoStoreUnavailable("Interrupted while a photo was being stored", e);
        }
    }

    private static <T> T inTime(Supplier<T> work) {
        return Deadline.within(Buckets.FOR_ALL_ATTEMPTS, work);
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
