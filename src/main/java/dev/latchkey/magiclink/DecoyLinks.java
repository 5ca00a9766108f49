package dev.latchkey.magiclink;

import dev.latchkey.database.OldRows;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;

/** The decoys whose time has not run out. */
@JdbcRepository(dialect = Dialect.ANSI)
interface DecoyLinks extends GenericRepository<DecoyLink, String>, OldRows {
    DecoyLink save(DecoyLink decoy);

    /** 1 while a decoy could still be taken for a link, else 0. */
    @Query("SELECT count(*) FROM decoy_links WHERE id = :id AND expires_at > :now")
    int countOpen(String id, Instant now);

    /** Uses one up as if it were a link; of several that try at once, one sees 1. */
    @Query("DELETE FROM decoy_links WHERE id = :id AND expires_at > :now")
    int claim(String id, Instant now);

    @Override
    @Query("DELETE FROM decoy_links WHERE id IN"
            + " (SELECT id FROM decoy_links WHERE expires_at <= :now ORDER BY expires_at LIMIT :most)")
    int removeOld(Instant now, int most);
}
