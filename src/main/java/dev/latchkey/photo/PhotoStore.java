package dev.latchkey.photo;

import java.time.Instant;
import java.util.Optional;

/**
 * A place for the bytes of photos, each under its hash; {@link Photos} says who may do what when. Every method throws
 * {@link PhotoStoreUnavailable} when the place cannot be reached, read or written; all may be called from several threads
 * and several nodes at once.
 */
public interface PhotoStore {

    /** Keeps a photo durably; storing it again is as good as storing it once. */
    void put(Photo photo);

    /** The photo with this hash; empty if there is none, or if the text is no hash at all. */
    Optional<Photo> find(String hash);

    /** Removes a photo, published or not; one that is not there is no error. */
    void delete(String hash);

    /** Removes what puts that never finished before the given time have left behind. */
    default void discardUnfinished(Instant before) {}

    /** Whether anybody may read what is published; otherwise only this server does, which asks who shows a photo. */
    default boolean isPublic() {
        return false;
    }

    /** Makes a photo that is kept readable at its public address, durably. */
    default void publish(Photo photo) {}

    /** Ends what {@link #publish} began; the photo stays kept. */
    default void unpublish(String hash) {}
}
