package dev.latchkey.session;

import dev.latchkey.database.OldRows;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How often signing in failed lately. */
@JdbcRepository(dialect = Dialect.ANSI)
interface SignInAttempts extends GenericRepository<SignInAttempts.Row, String>, OldRows {
    /** Longer than any failure matters; a caller that once signed in stays known for as long. */
    Duration KEPT = Duration.ofDays(90);

    Optional<Row> findById(String keyDigest);

    @Query("INSERT INTO sign_in_attempts (key_digest, failures, last_at) VALUES (:keyDigest, 1, :now)"
            + " ON CONFLICT (key_digest) DO NOTHING")
    int begin(String keyDigest, Instant now);

    /** Counts one more unless somebody else did since the row was read. */
    @Query("UPDATE sign_in_attempts SET failures = :failures, last_at = :now"
            + " WHERE key_digest = :keyDigest AND failures = :seen AND last_at = :seenAt")
    int countOneMore(String keyDigest, int failures, Instant now, int seen, Instant seenAt);

    @Query("UPDATE sign_in_attempts SET failures = 0, succeeded_at = :now WHERE key_digest = :keyDigest")
    int clear(String keyDigest, Instant now);

    @Query("UPDATE sign_in_attempts SET failures = failures - 1 WHERE key_digest = :keyDigest AND failures > 0")
    int takeBackOne(String keyDigest);

    /** As if it had gone well. */
    @Query(
            "INSERT INTO sign_in_attempts (key_digest, failures, last_at, succeeded_at) VALUES (:keyDigest, 0, :now, :now)"
                    + " ON CONFLICT (key_digest) DO UPDATE SET failures = 0, succeeded_at = excluded.succeeded_at")
    int know(String keyDigest, Instant now);

    /** Those whose keys lie between two texts. */
    @Query("DELETE FROM sign_in_attempts WHERE key_digest > :from AND key_digest < :to")
    int removeFrom(String from, String to);

    @Override
    default int removeOld(Instant now, int most) {
        return removeBefore(now.minus(KEPT), most);
    }

    @Query("DELETE FROM sign_in_attempts WHERE key_digest IN"
            + " (SELECT key_digest FROM sign_in_attempts WHERE last_at < :before ORDER BY last_at LIMIT :most)")
    int removeBefore(Instant before, int most);

    /**
     * How often one caller failed lately to sign in at one address.
     *
     * @param keyDigest of the address, and of it and the caller together, so that those of one address lie together
     * @param failures in a row, the attempt that runs now among them
     * @param lastAt when the last one began
     * @param succeededAt when it last went well, or the caller proved the mailbox
     */
    @MappedEntity("sign_in_attempts")
    record Row(
            @Id String keyDigest,
            int failures,
            Instant lastAt,
            @Nullable Instant succeededAt) {}
}
