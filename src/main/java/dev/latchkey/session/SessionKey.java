package dev.latchkey.session;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.UUID;

/**
 * A session of the session-key API.
 *
 * @param digest of the key; the key itself is kept nowhere
 */
@MappedEntity("session_keys")
record SessionKey(
        @Id String digest, @TypeDef(type = DataType.STRING) UUID accountId, Instant expiresAt) {}
