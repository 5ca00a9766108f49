package dev.latchkey.magiclink;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.UUID;

/**
 * What is written for nobody instead of a link, so that it costs the same. Not among the links: it can open nothing.
 *
 * @param id as a link's
 * @param requestId the request it came from
 * @param purpose what a link would have been for
 * @param createdAt when it was asked for
 * @param expiresAt when a link would end
 */
@MappedEntity("decoy_links")
record DecoyLink(
        @Id String id,
        @TypeDef(type = DataType.STRING) UUID requestId,
        LinkPurpose purpose,
        Instant createdAt,
        Instant expiresAt) {}
