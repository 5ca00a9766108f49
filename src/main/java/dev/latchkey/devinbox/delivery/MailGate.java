package dev.latchkey.devinbox.delivery;

import dev.latchkey.mail.OutboxMails;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets no mail of ours in that is in the outbox no more: it was on its way while everything began anew, and would turn up
 * in the test that comes next.
 */
@Singleton
@Requires(env = "dev")
public final class MailGate {
    private static final Pattern OURS = Pattern.compile("<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@.*>");

    /** Asked for late, as the mail server is there before the database. */
    private final BeanProvider<OutboxMails> outbox;

    private final ReadWriteLock gate = new ReentrantReadWriteLock();

    /** Ids of mails that this process sent. Others' may come in as they like. */
    private final Set<UUID> sent = ConcurrentHashMap.newKeySet();

    MailGate(BeanProvider<OutboxMails> outbox) {
        this.outbox = outbox;
    }

    /** A mail of ours is about to leave. */
    void expect(UUID id) {
        sent.add(id);
    }

    /** Takes a mail in, unless it is to arrive no more. */
    void enter(MimeMessage message, Runnable arrival) {
        Lock open = gate.readLock();
        open.lock();
        try {
            if (idOf(message).filter(sent::remove).map(this::isWanted).orElse(true)) {
                arrival.run();
            }
        } finally {
            open.unlock();
        }
    }

    private boolean isWanted(UUID id) {
        return outbox.get().findById(id).isPresent();
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

    private static Optional<UUID> idOf(MimeMessage message) {
        try {
            String id = message.getMessageID();
            Matcher ours = OURS.matcher(id == null ? "" : id);
            return ours.matches() ? Optional.of(UUID.fromString(ours.group(1))) : Optional.empty();
        } catch (MessagingException e) {
            return Optional.empty();
        }
    }
}
