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
 * What still has to leave: a mail that the mail server has not accepted, or an event that its endpoint has not.
 *
 * @param id begins with the time and is in a mail's Message-ID, so that a second copy is known as such
 * @param kind name of its {@link MailKind}
 * @param aboutId what it is about, as its kind understands it: never anything that opens an account
 * @param state waiting or parked
 * @param dueAt when the next attempt may begin; while a worker owns it, when its lease ends
 * @param leasedBy the claim it was taken under last
 * @param attempts how often it was taken up
 * @param lastError why the last attempt failed: in the words of the other side, without links
 * @param createdAt when it was put in
 * @param channel name of what carries it: a backlog of one holds up no other
 * @param body what is sent, where that is written together with its cause; absent of a mail, which is composed when its
 *     turn comes
 */
@MappedEntity("outbox")
public record OutboxMessage(
        @Id @StoredAsText UUID id,
        String kind,
        String aboutId,

        @TypeDef(type = DataType.STRING, converter = OutboxState.Lowercase.class)
        OutboxState state,

        Instant dueAt,
        @Nullable String leasedBy,
        int attempts,
        @Nullable String lastError,
        Instant createdAt,
        String channel,
        @Nullable String body) {

    /** As the database has it. */
    @Creator
    public OutboxMessage {}

    /** A mail. */
    public OutboxMessage(
            UUID id,
            String kind,
            String aboutId,
            OutboxState state,
            Instant dueAt,
            @Nullable String leasedBy,
            int attempts,
            @Nullable String lastError,
            Instant createdAt) {
        this(id, kind, aboutId, state, dueAt, leasedBy, attempts, lastError, createdAt, Outbox.CHANNEL, null);
    }
}
