package dev.latchkey.session;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.UUID;

/**
 * A bearer token that is still good.
 *
 * @param id the token's {@code jti}; without the signature around it, it opens nothing
 */
@MappedEntity("access_tokens")
record AccessToken(
        @Id @TypeDef(type = DataType.STRING) UUID id,
        @TypeDef(type = DataType.STRING) UUID accountId,
        Instant expiresAt) {}
