package dev.latchkey.mail;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;

/**
 * How many mails of one kind stand at one state.
 *
 * @param state waiting or parked
 * @param oldest when the oldest of them was put in
 */
@Introspected
public record OutboxCount(
        String kind,
        String state,
        long mails,
        // Said here because SQLite's MIN has no column type to tell it by.
        @TypeDef(type = DataType.TIMESTAMP) Instant oldest) {}
