package dev.latchkey.profile;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/**
 * A photo that was uploaded for an account, whatever became of it.
 *
 * @param uploadedAt when
 */
@MappedEntity("photo_uploads")
record PhotoUpload(@Id @StoredAsText UUID id, @StoredAsText UUID accountId, Instant uploadedAt) {}
