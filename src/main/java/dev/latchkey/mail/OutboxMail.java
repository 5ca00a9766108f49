package dev.latchkey.mail;

import dev.latchkey.database.StoredAsText;
import io.micronaut.core.annotation.Creator;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that has still to be accepted by the mail server, or something else that leaves in the same way.
 *
 * @param id begins with the time and is in the mail's Message-ID, so that a second copy is known as such
 * @param kind name of its {@link MailKind}
 * @param aboutId what the mail is about, as its kind understands it: never anything that opens an account
 * @param state waiting or parked
 * @param dueAt when the next attempt may begin; while a worker owns the mail, when its lease ends
 * @param leasedBy the claim it was taken under last
 * @param attempts how often it was taken up
 * @param lastError why the last attempt failed: code and text of the mail server, without links
 * @param createdAt when it was put in
 * @param channel name of what carries it: a backlog of one holds up no other
 * @param body what is sent, where that is written together with its cause; absent of a mail, which is composed when its
 *     turn comes
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
        Instant createdAt,
        String channel,
        @Nullable String body) {

    /** As the database has it. */
    @Creator
    public OutboxMail {}

    /** A mail. */
    public OutboxMail(
            UUID id,
            String kind,
            String aboutId,
            MailState state,
            Instant dueAt,
            @Nullable String leasedBy,
            int attempts,
            @Nullable String lastError,
            Instant createdAt) {
        this(id, kind, aboutId, state, dueAt, leasedBy, attempts, lastError, createdAt, Outbox.CHANNEL, null);
    }
}
