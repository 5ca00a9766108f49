package dev.latchkey.photo;

import java.time.Instant;
import java.util.Optional;
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

    /** Removes a photo; removing what is not there is no error. */
    void delete(String hash);

    /** Removes a photo unless it was stored, again perhaps, at or after the given time; says whether it did. */
    boolean deleteOlder(String hash, Instant than);

    /** All photos in no particular order, read bit by bit; to be closed. */
    Stream<StoredPhoto> list();

    /** Removes what puts that never finished before the given time have left behind. */
    void discardUnfinished(Instant before);
}
