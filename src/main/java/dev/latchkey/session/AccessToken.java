package dev.latchkey.session;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/**
 * A bearer token that is still good.
 *
 * @param id the token's {@code jti}; without the signature around it, it opens nothing
 */
@MappedEntity("access_tokens")
record AccessToken(@Id @StoredAsText UUID id, @StoredAsText UUID accountId, Instant expiresAt) {}
