package dev.latchkey.devinbox.delivery;

import dev.latchkey.mail.OutboxMessages;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets no mail of ours in that is in the outbox no more: it was on its way while everything began anew, and would turn up
 * in the test that comes next.
 */
@Singleton
@Requires(env = "dev")
public final class MailGate {
    /** Asked for late, as the mail server is there before the database. */
    private final BeanProvider<OutboxMessages> outbox;

    private final ReadWriteLock gate = new ReentrantReadWriteLock();

    /** Mails that this process sent, by their Message-ID. Others may come in as they like. */
    private final Map<String, UUID> sent = new ConcurrentHashMap<>();

    MailGate(BeanProvider<OutboxMessages> outbox) {
        this.outbox = outbox;
    }

    /** A mail of ours is about to leave. */
    void expect(String messageId, UUID id) {
        sent.put(messageId, id);
    }

    /** Takes a mail in, unless it is to arrive no more. */
    void enter(MimeMessage message, Runnable arrival) {
        Lock open = gate.readLock();
        open.lock();
        try {
            UUID id = sent.remove(nameOf(message));
            if (id == null || outbox.get().findById(id).isPresent()) {
                arrival.run();
            }
        } finally {
            open.unlock();
        }
    }

    /** Does something while no mail comes in. */
    public void closedDuring(Runnable work) {
        Lock closed = gate.writeLock();
        closed.lock();
        try {
            work.run();
        } finally {
            closed.unlock();
        }
    }

    private static String nameOf(MimeMessage message) {
        try {
            return Objects.requireNonNullElse(message.getMessageID(), "");
        } catch (MessagingException e) {
            throw new IllegalStateException("A message that GreenMail took cannot be read", e);
        }
    }
}
