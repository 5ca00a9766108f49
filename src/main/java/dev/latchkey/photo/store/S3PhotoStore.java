package dev.latchkey.photo.store;

import dev.latchkey.config.S3Settings;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.photo.PhotoStoreUnavailable;
import dev.latchkey.photo.StoredPhoto;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Photos as objects {@code photos/<hash>.jpg} in a bucket. The store's own clock tells when a photo was stored.
 *
 * <p>Where browsers read {@code photos/} themselves, a photo is first kept under a name that {@link UnseenNames makes
 * it unseen}, and copied there once a profile shows it.
 *
 * <p>A bucket can neither move nor delete on condition. So whoever is about to delete a photo first announces it with
 * an object below {@code sweeping/}, then looks whether it may go, and takes the announcement back when done. A put
 * looks for announcements only after it has written: without any, each sweeper has either finished, and then a look
 * shows whether the photo survived, or has yet to look, and then sees the new one.
 */
@Singleton
@Requires(bean = S3Settings.class)
final class S3PhotoStore implements PhotoStore {
    private static final String SHOWN = "photos/";
    private static final String SWEEPING = "sweeping/";
    private static final String SUFFIX = ".jpg";

    /** Listed in parts, so that no set of names outgrows the memory. */
    private static final int PARTS = 256;

    /** No sweeper is at it for longer: it gives up before, and puts that come later need not wait for it. */
    private static final Duration LONGEST_SWEEP = Buckets.FOR_ALL_ATTEMPTS.multipliedBy(4);

    private static final int PUTS = 20;
    private static final Duration BETWEEN_PUTS = Duration.ofMillis(100);

    private final BucketObjects objects;
    private final UnseenNames unseen;
    private final boolean publicBucket;

    S3PhotoStore(BucketObjects objects, UnseenNames unseen, S3Settings settings) {
        this.objects = objects;
        this.unseen = unseen;
        this.publicBucket = settings.publicUrl() != null;
    }

    @Override
    public void put(Photo photo) {
        keep(photo, publicBucket ? unseen.of(photo.hash()) : shown(photo.hash()));
    }

    @Override
    public void publish(Photo photo) {
        if (publicBucket) {
            keep(photo, shown(photo.hash()));
        }
    }

    @Override
    public void unpublish(String hash, BooleanSupplier needed) {
        String key = shown(hash);
        if (publicBucket
                && Photo.isHash(hash)
                && !needed.getAsBoolean()
                && storedAt(key).isPresent()) {
            remove(hash, key, () -> !needed.getAsBoolean());
        }
    }

    @Override
    public Stream<String> unpublished() {
        return publicBucket
                ? IntStream.range(0, PARTS)
                        .mapToObj(part -> HexFormat.of().toHexDigits((byte) part))
                        .flatMap(digits -> {
                            Set<String> published = hashes(SHOWN, digits).collect(Collectors.toSet());
                            return hashes(UnseenNames.FOLDER, digits).filter(hash -> !published.contains(hash));
                        })
                : Stream.empty();
    }

    @Override
    public Optional<Photo> find(String hash) {
        if (!Photo.isHash(hash)) {
            return Optional.empty();
        }
        return inTime(() -> objects.read(shown(hash)).or(() -> objects.read(unseen.of(hash))))
                .map(jpeg -> new Photo(hash, jpeg));
    }

    /** Both copies, each by its own time: a photo that is shown again is written again. */
    @Override
    public boolean deleteOlder(String hash, Instant than) {
        if (!Photo.isHash(hash)) {
            return false;
        }
        boolean one = deleteOlder(hash, shown(hash), than);
        boolean other = deleteOlder(hash, unseen.of(hash), than);
        return one || other;
    }

    @Override
    public Stream<StoredPhoto> list() {
        return Stream.of(SHOWN, UnseenNames.FOLDER)
                .flatMap(folder -> objects.list(folder)
                        .filter(object -> Photo.isHash(hash(object, folder)))
                        .map(object -> new StoredPhoto(hash(object, folder), object.lastModified())));
    }

    /** Only announcements of sweepers that died. An object of a put appears whole or not at all. */
    @Override
    public void discardUnfinished(Instant before) {
        objects.list(SWEEPING)
                .filter(object -> object.lastModified().isBefore(before))
                .forEach(object -> objects.remove(object.key()));
    }

    private void keep(Photo photo, String key) {
        inTime(() -> {
            for (int i = 0; i < PUTS; i++) {
                objects.write(key, photo.jpeg());
                if (survives(photo.hash(), key)) {
                    return key;
                }
                pause();
            }
            throw new PhotoStoreUnavailable("A photo is swept for too long");
        });
    }

    private boolean survives(String hash, String key) {
        boolean swept = objects.list(announcements(hash))
                .anyMatch(announcement -> storedAt(key)
                        .map(announcement.lastModified().plus(LONGEST_SWEEP)::isAfter)
                        .orElse(true));
        return !swept && storedAt(key).isPresent();
    }

    private boolean deleteOlder(String hash, String key, Instant than) {
        return isOlder(key, than) && remove(hash, key, () -> isOlder(key, than));
    }

    /** Removes an object if that is still right once everybody can know of it. */
    private boolean remove(String hash, String key, BooleanSupplier unwanted) {
        String announcement = announcements(hash) + UUID.randomUUID();
        long announced = System.nanoTime();
        objects.write(announcement, new byte[0]);
        try {
            return unwanted.getAsBoolean() && isFresh(announced) && inTime(() -> objects.remove(key));
        } finally {
            objects.remove(announcement);
        }
    }

    /** Whether puts still heed an announcement of that moment, and will for as long as a call may take. */
    private static boolean isFresh(long announced) {
        return System.nanoTime() - announced
                < LONGEST_SWEEP.minus(Buckets.FOR_ALL_ATTEMPTS).toNanos();
    }

    private boolean isOlder(String key, Instant than) {
        return storedAt(key).filter(time -> time.isBefore(than)).isPresent();
    }

    private Optional<Instant> storedAt(String key) {
        return objects.writtenAt(key);
    }

    private Stream<String> hashes(String folder, String digits) {
        return objects.list(folder + digits).map(object -> hash(object, folder)).filter(Photo::isHash);
    }

    private static String shown(String hash) {
        return SHOWN + hash + SUFFIX;
    }

    private static String announcements(String hash) {
        return SWEEPING + hash + "/";
    }

    /** What stands where the hash should, which is none where somebody else put the object. */
    private static String hash(S3Object object, String folder) {
        String name = object.key().substring(folder.length());
        return name.endsWith(SUFFIX)
                ? name.substring(0, name.length() - SUFFIX.length()).split("-", 2)[0]
                : "";
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
}
