package dev.latchkey.oauth.authorization;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What assistants ask for while a mailed link waits. */
@JdbcRepository(dialect = Dialect.ANSI)
interface PendingSignIns extends GenericRepository<PendingSignIns.PendingSignIn, String> {
    PendingSignIn save(PendingSignIn pending);

    Optional<PendingSignIn> findById(String linkId);

    /** Counts one more code that was typed; 0 when there may be none any more, or not for this query. */
    @Query("UPDATE authorization_requests SET tries = tries + 1"
            + " WHERE link_id = :linkId AND query = :query AND tries < :most")
    int countTry(String linkId, String query, int most);

    /**
     * One of them.
     *
     * @param linkId the public half of the link's token
     * @param client host of the assistant that asks; absent for an app on the person's own device
     * @param query of the address at which it asks
     * @param tries how many codes were typed
     */
    @MappedEntity("authorization_requests")
    record PendingSignIn(@Id String linkId, @Nullable String client, String query, int tries) {}
}
