package dev.latchkey.photo;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A photo that is kept, or about to be.
 *
 * @param storedAt when it was last stored
 * @param published whether a public bucket shows it
 * @param heldAt when somebody took it in hand to delete or to publish it
 */
@MappedEntity("photos")
record StoredPhoto(
        @Id String hash,
        Instant storedAt,
        boolean published,
        @Nullable Instant heldAt) {}
