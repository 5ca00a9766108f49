package dev.latchkey.magiclink;

import dev.latchkey.database.OnPostgres;
import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/** Row locks on the history of requests; SQLite has no such statement, and needs none. */
@OnPostgres
@JdbcRepository(dialect = Dialect.ANSI)
interface LockedRequests extends GenericRepository<LinkRequest, UUID> {

    /** Locks the requests whose links an account has, always in the same order. */
    @Query("SELECT id FROM link_requests WHERE id IN"
            + " (SELECT request_id FROM magic_links WHERE account_id = :accountId) ORDER BY id FOR UPDATE")
    List<String> lockAllOf(@StoredAsText UUID accountId);
}
