package dev.latchkey.photo;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Where photos are kept, each under its hash. Every method throws {@link PhotoStoreUnavailable} when the place cannot
 * be reached, read or written; all may be called from several threads and several nodes at once.
 */
public interface PhotoStore {

    /**
     * Keeps a photo durably; storing it again is as good as storing it once. Either way it counts as stored now: for as
     * long as the sweeper's grace it is safe without any profile referring to it.
     */
    void put(Photo photo);

    /** The photo with this hash; empty if there is none, or if the text is no hash at all. */
    Optional<Photo> find(String hash);

    /**
     * Makes a photo that is kept readable at its public address, durably; called once a profile shows it. Nothing to do
     * for a store that only this server reads, which asks for each photo whether it is shown.
     */
    default void publish(Photo photo) {}

    /**
     * Ends what {@link #publish} began, unless the photo is needed again; the photo stays kept.
     *
     * @param needed whether some profile shows it, read with committed state; asked more than once
     */
    default void unpublish(String hash, BooleanSupplier needed) {}

    /** Photos that are kept and not published, read bit by bit; none where publishing means nothing. */
    default Stream<String> unpublished() {
        return Stream.empty();
    }

    /** Removes a photo unless it was stored, again perhaps, at or after the given time; says whether it did. */
    boolean deleteOlder(String hash, Instant than);

    /** All photos in no particular order, read bit by bit; to be closed. */
    Stream<StoredPhoto> list();

    /** Removes what puts that never finished before the given time have left behind. */
    void discardUnfinished(Instant before);
}
