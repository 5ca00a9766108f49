package dev.latchkey.photo;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All photos that are kept. One that was held before {@code expired} is held by nobody any more. */
@JdbcRepository(dialect = Dialect.ANSI)
interface StoredPhotos extends GenericRepository<StoredPhotos.Row, String> {

    Optional<Row> findById(String hash);

    /** Notes that a photo is stored now; 0 when somebody holds it. */
    @Query("INSERT INTO photos (hash, stored_at) VALUES (:hash, :now)"
            + " ON CONFLICT (hash) DO UPDATE SET stored_at = excluded.stored_at, held_at = NULL"
            + " WHERE photos.held_at IS NULL OR photos.held_at < :expired")
    int store(String hash, Instant now, Instant expired);

    /** Takes a photo in hand; 0 when there is none, or somebody else holds it. */
    @Query("UPDATE photos SET held_at = :now WHERE hash = :hash AND (held_at IS NULL OR held_at < :expired)")
    int hold(String hash, Instant now, Instant expired);

    /** As {@link #hold}, but only one that was stored before some time. */
    @Query("UPDATE photos SET held_at = :now WHERE hash = :hash AND (held_at IS NULL OR held_at < :expired)"
            + " AND stored_at < :before")
    int holdOlder(String hash, Instant before, Instant now, Instant expired);

    @Query("UPDATE photos SET held_at = NULL, published = :published WHERE hash = :hash AND held_at = :heldAt")
    int release(String hash, Instant heldAt, boolean published);

    @Query("DELETE FROM photos WHERE hash = :hash AND held_at = :heldAt")
    int remove(String hash, Instant heldAt);

    @Query("UPDATE photos SET stored_at = :then")
    int age(Instant then);

    /** Those that were stored before some time, in the order of their hashes. */
    @Query("SELECT hash FROM photos WHERE hash > :after AND stored_at < :before ORDER BY hash LIMIT :most")
    List<String> findOlder(String after, Instant before, int most);

    /** Those that no public bucket shows, in the order of their hashes. */
    @Query("SELECT hash FROM photos WHERE hash > :after AND NOT published ORDER BY hash LIMIT :most")
    List<String> findUnpublished(String after, int most);

    /** Those that were stored since some time, in the order of their hashes. */
    @Query("SELECT hash FROM photos WHERE hash > :after AND stored_at >= :since ORDER BY hash LIMIT :most")
    List<String> findYounger(String after, Instant since, int most);

    /** Notes a photo that is there already, where nobody has. */
    @Query("INSERT INTO photos (hash, stored_at) VALUES (:hash, :now) ON CONFLICT (hash) DO NOTHING")
    int note(String hash, Instant now);

    /** Nobody holds any, and no bucket shows any: what is so in another place was true of another one. */
    @Query("UPDATE photos SET held_at = NULL, published = :published")
    int startAnew(boolean published);

    @Query("DELETE FROM photos WHERE hash = :hash")
    int remove(String hash);

    /**
     * A photo that is kept, or about to be.
     *
     * @param storedAt when it was last stored
     * @param published whether a public bucket shows it
     * @param heldAt when somebody took it in hand to delete or to publish it
     */
    @MappedEntity("photos")
    record Row(
            @Id String hash,
            Instant storedAt,
            boolean published,
            @Nullable Instant heldAt) {}
}
