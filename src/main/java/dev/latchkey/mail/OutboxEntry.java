package dev.latchkey.mail;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that has not left, as an operator sees it.
 *
 * @param channel what carries it: {@code mail}, or what else leaves in the same way
 * @param kind what it is, such as {@code edit-link}
 * @param state {@code waiting}, or {@code parked} until an operator puts it back
 * @param attempts how often it was taken up
 * @param createdAt when it was put in, or put back
 * @param dueAt when the next attempt may begin; absent of what is parked
 * @param lastAnswer why the last attempt failed, in the words of the other side, without links and with addresses
 *     shortened; absent before the first
 * @param to the address that it goes to, shortened; absent where it goes to nobody, or that cannot be told any more
 */
@Serdeable
public record OutboxEntry(
        UUID id,
        String channel,
        String kind,
        String state,
        int attempts,
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable String lastAnswer,
        @Nullable String to) {}
