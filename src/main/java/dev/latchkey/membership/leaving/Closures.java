package dev.latchkey.membership.leaving;

import dev.latchkey.database.StoredAsText;
import dev.latchkey.photo.PhotoReferences;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The accounts that their owners closed. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface Closures extends GenericRepository<Closures.Closure, UUID>, PhotoReferences {
    Closure save(Closure closure);

    Optional<Closure> findByLinkId(String linkId);

    /** The last closing of an account, taken back or not. */
    @Query("SELECT * FROM closures WHERE account_id = :accountId")
    Optional<Closure> find(@StoredAsText UUID accountId);

    @Query("DELETE FROM closures WHERE account_id = :accountId")
    int remove(@StoredAsText UUID accountId);

    /** Takes a closing back while there is time; of several that try at once, one sees 1. */
    @Query("UPDATE closures SET kept_at = :now, photo_hash = NULL"
            + " WHERE link_id = :linkId AND kept_at IS NULL AND erase_at > :now")
    int keep(String linkId, Instant now);

    /** Gives the token of a closing another id, so that copies of its old mail open nothing. */
    @Query("UPDATE closures SET link_id = :linkId WHERE account_id = :accountId AND kept_at IS NULL")
    int renew(@StoredAsText UUID accountId, String linkId);

    /** Those whose time has come, the longest due first. */
    @Query("SELECT account_id FROM closures WHERE erase_at <= :now ORDER BY erase_at LIMIT :most")
    List<String> findDue(Instant now, int most);

    @Query("UPDATE closures SET erase_at = :eraseAt WHERE account_id = :accountId")
    int postpone(@StoredAsText UUID accountId, Instant eraseAt);

    /** Those that nobody took back. */
    List<Closure> findByKeptAtIsNull();

    /** Nobody sees them, and all the same they are not to be swept. */
    @Override
    default Set<String> referenced(Collection<String> hashes) {
        return Set.copyOf(photosAmong(hashes));
    }

    @Query("SELECT DISTINCT photo_hash FROM closures WHERE photo_hash IN (:hashes)")
    List<String> photosAmong(Collection<String> hashes);

    /**
     * An account was closed.
     *
     * @param linkId the public half of the token that takes it back
     * @param photoHash what its profile showed until then
     * @param eraseAt when it will be erased
     * @param keptAt when it was taken back; absent unless it was
     */
    @MappedEntity("closures")
    record Closure(
            @Id @StoredAsText UUID accountId,
            String linkId,
            @Nullable String photoHash,
            Instant closedAt,
            Instant eraseAt,
            @Nullable Instant keptAt) {

        boolean openAt(Instant now) {
            return keptAt == null && eraseAt.isAfter(now);
        }
    }
}
