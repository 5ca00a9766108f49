package dev.latchkey.profile.proposal;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** What was proposed with the links that still open something. */
@JdbcRepository(dialect = Dialect.ANSI)
interface Proposals extends GenericRepository<Proposal, String> {
    Proposal save(Proposal proposal);

    Optional<Proposal> findByLinkId(String linkId);
}
