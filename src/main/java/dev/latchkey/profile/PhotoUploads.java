package dev.latchkey.profile;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The uploads of the past hour. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface PhotoUploads extends GenericRepository<PhotoUploads.Upload, UUID> {

    /** Notes one. */
    @Query("INSERT INTO photo_uploads (id, account_id, uploaded_at) VALUES (:id, :accountId, :now)")
    void add(@StoredAsText UUID id, @StoredAsText UUID accountId, Instant now);

    /** When they were, oldest first. */
    @Query("SELECT uploaded_at FROM photo_uploads WHERE account_id = :accountId ORDER BY uploaded_at")
    List<Instant> of(@StoredAsText UUID accountId);

    /** Removes those that no longer count, and those of a clock that was ahead. */
    @Query("DELETE FROM photo_uploads"
            + " WHERE account_id = :accountId AND (uploaded_at <= :hourAgo OR uploaded_at > :soon)")
    int forget(@StoredAsText UUID accountId, Instant hourAgo, Instant soon);

    /** A photo that was uploaded for an account, whatever became of it. */
    @MappedEntity("photo_uploads")
    record Upload(@Id @StoredAsText UUID id, @StoredAsText UUID accountId, Instant uploadedAt) {}
}
