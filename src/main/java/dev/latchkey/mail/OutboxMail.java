package dev.latchkey.mail;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that waits to be accepted by the mail server. It holds neither address nor link: both are looked up when it is
 * sent.
 *
 * @param id also the start of its Message-ID
 * @param kind which {@link MailKind} writes it
 * @param subjectId what it is about, in the words of its kind
 * @param detail more about it, in the words of its kind
 * @param state waiting or parked
 * @param dueAt when the next attempt may begin
 * @param leasedBy the claim of the worker that has it now
 * @param attempts how often sending began
 * @param lastError what the mail server said last
 * @param createdAt when its cause happened
 */
@MappedEntity("outbox")
public record OutboxMail(
        @Id @TypeDef(type = DataType.STRING) UUID id,
        String kind,
        String subjectId,
        @Nullable String detail,
        String state,
        Instant dueAt,
        @Nullable String leasedBy,
        int attempts,
        @Nullable String lastError,
        Instant createdAt) {}
