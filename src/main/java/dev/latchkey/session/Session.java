package dev.latchkey.session;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody is signed in, by an access token or by a session key.
 *
 * @param id a token's {@code jti}, which opens nothing without the signature around it; of a key, its digest
 */
@MappedEntity("sessions")
record Session(@Id String id, @StoredAsText UUID accountId, Instant expiresAt) {}
