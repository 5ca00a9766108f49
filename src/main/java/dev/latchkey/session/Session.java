package dev.latchkey.session;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody is signed in, by an access token or by a session key.
 *
 * @param id a token's {@code jti}, which opens nothing without the signature around it; of a key, its digest
 */
@MappedEntity("sessions")
record Session(
        @Id String id, @TypeDef(type = DataType.STRING) UUID accountId, Instant expiresAt) {}
