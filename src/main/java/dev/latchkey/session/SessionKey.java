package dev.latchkey.session;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/**
 * A session of the session-key API.
 *
 * @param digest of the key; the key itself is kept nowhere
 */
@MappedEntity("session_keys")
record SessionKey(@Id String digest, @StoredAsText UUID accountId, Instant expiresAt) {}
