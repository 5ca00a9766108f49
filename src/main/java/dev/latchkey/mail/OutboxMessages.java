package dev.latchkey.mail;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of the outbox; every look-up by a worker goes through {@code outbox_due} or the primary key. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface OutboxMessages extends GenericRepository<OutboxMessage, UUID> {

    OutboxMessage save(OutboxMessage message);

    void saveAll(Iterable<OutboxMessage> messages);

    Optional<OutboxMessage> findById(@StoredAsText UUID id);

    /** Since when the message of a channel that has been due longest is due; empty when none was due then. */
    @Query("SELECT due_at FROM outbox WHERE state = 'waiting' AND channel = :channel AND due_at <= :then"
            + " ORDER BY due_at LIMIT 1")
    Optional<Instant> findOldestDue(String channel, Instant then);

    /** The time of one message of a channel that is due later than that. */
    @Query("SELECT due_at FROM outbox WHERE state = 'waiting' AND channel = :channel AND due_at > :then"
            + " ORDER BY due_at DESC LIMIT 1")
    Optional<Instant> findDueAfter(String channel, Instant then);

    /** Makes messages of a channel due that are due later than that. */
    @Query("UPDATE outbox SET due_at = :now WHERE state = 'waiting' AND channel = :channel AND due_at > :then")
    int bringForward(String channel, Instant then, Instant now);

    /**
     * Takes up to so many due messages of a channel, the longest due first.
     *
     * <p>The second condition on due_at is for PostgreSQL: of two workers that chose the same row, the later one waits
     * for the row's lock and then reads the condition again, on the row as the earlier one left it.
     */
    @Query("""
            UPDATE outbox SET due_at = :leaseEnd, leased_by = :claim, attempts = attempts + 1
            WHERE id IN (SELECT id FROM outbox WHERE state = 'waiting' AND channel = :channel AND due_at <= :now
            ORDER BY due_at LIMIT :most) AND state = 'waiting' AND due_at <= :now""")
    int claim(String channel, String claim, Instant leaseEnd, Instant now, int most);

    List<OutboxMessage> findByLeasedByOrderById(String leasedBy);

    /** Removes a message whoever owns it: once accepted it must not go out again. */
    @Query("DELETE FROM outbox WHERE id = :id")
    int remove(@StoredAsText UUID id);

    @Query("DELETE FROM outbox WHERE kind IN (:kinds)")
    int removeKinds(Collection<String> kinds);

    /** The messages about any of those, ordered by what they are about; reads every row. */
    @Query("SELECT id FROM outbox WHERE about_id IN (:aboutIds) ORDER BY about_id")
    List<String> findAbout(List<String> aboutIds);

    /** Puts a message back until its next attempt, unless the lease has passed to another worker. */
    @Query("""
            UPDATE outbox SET due_at = :dueAt, leased_by = NULL, last_error = :error
            WHERE id = :id AND leased_by = :claim AND state = 'waiting'""")
    int postpone(@StoredAsText UUID id, @Nullable String claim, Instant dueAt, String error);

    /** Gives back a message that was taken but not tried. */
    @Query("""
            UPDATE outbox SET due_at = :now, leased_by = NULL, attempts = attempts - 1
            WHERE id = :id AND leased_by = :claim AND state = 'waiting'""")
    int release(@StoredAsText UUID id, @Nullable String claim, Instant now);

    /** Gives a message up, unless the lease has passed to another worker. */
    @Query("""
            UPDATE outbox SET state = 'parked', leased_by = NULL, last_error = :error
            WHERE id = :id AND leased_by = :claim AND state = 'waiting'""")
    int park(@StoredAsText UUID id, @Nullable String claim, String error);

    /** Gives a message up that must not go out again. */
    @Query("UPDATE outbox SET state = 'parked', leased_by = NULL, last_error = :error"
            + " WHERE id = :id AND state = 'waiting'")
    int parkWhoeverOwnsIt(@StoredAsText UUID id, String error);

    @Query("SELECT * FROM outbox WHERE state = 'parked' ORDER BY due_at LIMIT :most")
    List<OutboxMessage> findParked(int most);

    @Query("SELECT * FROM outbox WHERE state = 'waiting' ORDER BY due_at LIMIT :most")
    List<OutboxMessage> findWaiting(int most);

    /** Those after one of them, in the order in which they were put in. */
    @Query("SELECT * FROM outbox WHERE state IN (:states) AND id > :previous ORDER BY id LIMIT :most")
    List<OutboxMessage> findAfter(Collection<String> states, @StoredAsText UUID previous, int most);

    /** Puts a parked message back in the queue, with its age counted from now. */
    @Query("""
            UPDATE outbox SET state = 'waiting', due_at = :now, created_at = :now, attempts = 0
            WHERE id = :id AND state = 'parked'""")
    int unpark(@StoredAsText UUID id, Instant now);

    /** The whole outbox in a few numbers; reads every row. */
    @Query("""
            SELECT kind, state, COUNT(*) AS messages, MIN(created_at) AS oldest
            FROM outbox GROUP BY kind, state ORDER BY kind, state""")
    List<Count> count();

    /**
     * How many messages of one kind stand at one state.
     *
     * @param state waiting or parked
     * @param oldest when the oldest of them was put in
     */
    @MappedEntity
    record Count(
            String kind,
            String state,
            long messages,
            // Said here because SQLite's MIN has no column type to tell it by.
            @TypeDef(type = DataType.TIMESTAMP) Instant oldest) {}
}
