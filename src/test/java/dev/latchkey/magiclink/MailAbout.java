package dev.latchkey.magiclink;

import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxState;
import io.micronaut.context.ApplicationContext;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Mails as a worker hands them over, whatever became of their rows in the outbox. */
final class MailAbout {
    private MailAbout() {}

    static OutboxMessage request(ApplicationContext context, String kind, UUID requestId) {
        Instant now = context.getBean(Clock.class).instant();
        return new OutboxMessage(
                UUID.randomUUID(), kind, requestId.toString(), OutboxState.WAITING, now, null, 1, null, now);
    }
}
