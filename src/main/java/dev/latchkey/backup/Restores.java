package dev.latchkey.backup;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;

/** The times that a backup was restored, those before the backup was taken included. */
@JdbcRepository(dialect = Dialect.ANSI)
interface Restores extends GenericRepository<Restores.Restore, String> {
    Restore save(Restore restore);

    @Query("SELECT * FROM restores ORDER BY id")
    List<Restore> all();

    /**
     * One of them.
     *
     * @param id random; goes into the keys of tokens
     * @param takenAt the moment that the backup shows
     */
    @MappedEntity("restores")
    record Restore(@Id String id, Instant takenAt, Instant restoredAt) {}
}
