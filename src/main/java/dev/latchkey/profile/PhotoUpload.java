package dev.latchkey.profile;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.UUID;

/**
 * A photo that was uploaded for an account, whatever became of it.
 *
 * @param uploadedAt when
 */
@MappedEntity("photo_uploads")
record PhotoUpload(
        @Id @TypeDef(type = DataType.STRING) UUID id,
        @TypeDef(type = DataType.STRING) UUID accountId,
        Instant uploadedAt) {}
