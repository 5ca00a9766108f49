package dev.latchkey.mail;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;

/**
 * How many mails of one kind stand at one state.
 *
 * @param oldest when the oldest of them was put in
 */
@Introspected
public record OutboxCount(
        String kind,

        @TypeDef(type = DataType.STRING, converter = MailStateConverter.class)
        MailState state,

        long mails,
        Instant oldest) {}
