package dev.latchkey.profile.typed;

import dev.latchkey.database.BestEffort;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The photos that people uploaded with forms that could not be saved: each as a finished portrait, with the link or the session
 * that the form was opened with, for as long as that opens anything. Their holder may be either, as no two ids are the same.
 */
@JdbcRepository(dialect = Dialect.ANSI)
public interface KeptPhotos extends GenericRepository<KeptPhoto, String> {

    /** Keeps a photo with a link in place of another. A link that ended meanwhile keeps nothing. */
    default void keepWithLink(String linkId, byte[] jpeg) {
        tried(() -> putWithLink(linkId, jpeg));
    }

    /** The same with a session. */
    default void keepWithSession(String sessionId, byte[] jpeg) {
        tried(() -> putWithSession(sessionId, jpeg));
    }

    /** What is kept; empty where nothing is. */
    default Optional<byte[]> find(String holder) {
        return findHeld(holder).map(KeptPhoto::jpeg);
    }

    @Query("SELECT link_id, session_id, jpeg FROM kept_photos WHERE link_id = :holder OR session_id = :holder")
    Optional<KeptPhoto> findHeld(String holder);

    /** Forgets it: it was saved, or is not wanted any more. */
    default void forget(String holder) {
        tried(() -> remove(holder));
    }

    @Query("INSERT INTO kept_photos (link_id, jpeg) VALUES (:linkId, :jpeg)"
            + " ON CONFLICT (link_id) DO UPDATE SET jpeg = :jpeg")
    int putWithLink(String linkId, byte[] jpeg);

    @Query("INSERT INTO kept_photos (session_id, jpeg) VALUES (:sessionId, :jpeg)"
            + " ON CONFLICT (session_id) DO UPDATE SET jpeg = :jpeg")
    int putWithSession(String sessionId, byte[] jpeg);

    @Query("DELETE FROM kept_photos WHERE link_id = :holder OR session_id = :holder")
    int remove(String holder);

    /** Without it the person chooses the photo again, which the form asks them to. */
    private static void tried(Runnable work) {
        BestEffort.tried(
                LoggerFactory.getLogger(KeptPhotos.class),
                "An uploaded photo cannot be kept or forgotten just now",
                work);
    }
}
