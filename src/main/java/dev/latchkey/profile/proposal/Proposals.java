package dev.latchkey.profile.proposal;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** What was proposed with the links that still open something. */
@JdbcRepository(dialect = Dialect.ANSI)
interface Proposals extends GenericRepository<Proposal, String> {
    Proposal save(Proposal proposal);

    Optional<Proposal> findByLinkId(String linkId);

    /** The link of a request; none where nobody's account matched. */
    @Query("SELECT id FROM magic_links WHERE request_id = :requestId")
    Optional<String> linkOf(@TypeDef(type = DataType.STRING) UUID requestId);
}
