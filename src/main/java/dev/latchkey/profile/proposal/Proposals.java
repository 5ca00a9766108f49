package dev.latchkey.profile.proposal;

import dev.latchkey.magiclink.Inspection;
import dev.latchkey.photo.Photo;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Drafts from the chat and uploads, kept with the links that show them for as long as those still open something. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface Proposals extends GenericRepository<Proposal, String> {

    /** Keeps a draft with its link, in the transaction that writes the link. */
    @Transactional(propagation = Propagation.MANDATORY)
    Proposal save(Proposal draft);

    Optional<Proposal> findByLinkId(String linkId);

    /**
     * Keeps with a link the photo that its holder uploaded, in place of another. A link that ended meanwhile keeps nothing.
     *
     * @param ownPhoto absent to keep none
     */
    default void keepOwn(Inspection.Open link, @Nullable Photo ownPhoto) {
        try {
            if (ownPhoto == null) {
                dropOwn(link.linkId());
            } else {
                putOwn(link.linkId(), ownPhoto.jpeg());
            }
        } catch (DataAccessException e) {
            // Without it the person chooses the photo again, which the form asks them to.
            LoggerFactory.getLogger(Proposals.class).warn("An uploaded photo could not be kept with its link", e);
        }
    }

    @Query("INSERT INTO proposals (link_id, texts, own_photo) VALUES (:linkId, '{}', :ownPhoto)"
            + " ON CONFLICT (link_id) DO UPDATE SET own_photo = :ownPhoto")
    int putOwn(String linkId, byte[] ownPhoto);

    @Query("UPDATE proposals SET own_photo = NULL WHERE link_id = :linkId")
    int dropOwn(String linkId);

    /** What was proposed with a link; empty when nothing was. */
    default Optional<Proposal> of(Inspection.Open link) {
        return findByLinkId(link.linkId());
    }
}
