package dev.latchkey.mail;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that has still to be accepted by the mail server.
 *
 * @param id also names the mail's Message-ID, so that a second copy is known as such
 * @param kind name of its {@link MailKind}
 * @param aboutId what the mail is about, as its kind understands it: never anything that opens an account
 * @param state waiting or parked
 * @param dueAt when the next attempt may begin; while a worker owns the mail, when its lease ends
 * @param leasedBy the claim it was taken under last
 * @param attempts how often it was taken up
 * @param lastError why the last attempt failed: code and text of the mail server, without links
 * @param createdAt when it was put in
 */
@MappedEntity("outbox")
public record OutboxMail(
        @Id @StoredAsText UUID id,
        String kind,
        String aboutId,

        @TypeDef(type = DataType.STRING, converter = MailState.Lowercase.class)
        MailState state,

        Instant dueAt,
        @Nullable String leasedBy,
        int attempts,
        @Nullable String lastError,
        Instant createdAt) {}
