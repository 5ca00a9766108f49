package dev.latchkey.devinbox.delivery;

import dev.latchkey.mail.MailKinds;
import dev.latchkey.mail.MailStamp;
import dev.latchkey.mail.OutboxMessage;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;

/** Writes on each mail which request it answers, so that a test finds the mail of its own, and tells the gate. */
@Singleton
@Requires(env = "dev")
public final class RequestIdStamp implements MailStamp {
    /** Names the request that a mail answers. */
    public static final String HEADER = "X-Latchkey-Request-Id";

    private final MailKinds kinds;
    private final MailGate gate;

    RequestIdStamp(MailKinds kinds, MailGate gate) {
        this.kinds = kinds;
        this.gate = gate;
    }

    @Override
    public void put(OutboxMessage mail, Message message) {
        String request = kinds.find(mail).flatMap(kind -> kind.requestOf(mail)).orElse(null);
        try {
            gate.expect(String.join("", message.getHeader("Message-ID")), mail.id());
            if (request != null) {
                message.setHeader(HEADER, request);
            }
        } catch (MessagingException e) {
            throw new IllegalStateException("A message that takes no header", e);
        }
    }
}
