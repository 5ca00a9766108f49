package dev.latchkey.profile.proposal;

import dev.latchkey.magiclink.Inspection;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import java.util.Optional;

/** Drafts from the chat, kept with the links that show them for as long as those still open something. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface Proposals extends GenericRepository<Proposal, String> {

    /** Keeps a draft with its link, in the transaction that writes the link. */
    @Transactional(propagation = Propagation.MANDATORY)
    Proposal save(Proposal draft);

    Optional<Proposal> findByLinkId(String linkId);

    /** What was proposed with a link; empty when nothing was. */
    default Optional<Proposal> of(Inspection.Open link) {
        return findByLinkId(link.linkId());
    }
}
