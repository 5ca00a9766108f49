package dev.latchkey.mail.smtp;

import io.micronaut.email.Email;
import io.micronaut.email.TransactionalEmailSender;
import io.micronaut.email.javamail.composer.MessageComposer;
import jakarta.inject.Singleton;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/**
 * Sends emails over connections that are kept as long as mails keep coming: those that are open and in nobody's use lie
 * in a stack, the one used last on top.
 */
@Singleton
public class SmtpSender implements TransactionalEmailSender<Message, SmtpReply> {
    private final SmtpSession session;
    private final MessageComposer composer;
    private final Deque<SmtpConnection> idle = new ConcurrentLinkedDeque<>();

    SmtpSender(SmtpSession session, MessageComposer composer) {
        this.session = session;
        this.composer = composer;
    }

    @Override
    public String getName() {
        return "smtp";
    }

    /** Where the server is: {@code smtp.example.com:587}. */
    public String address() {
        return session.address();
    }

    /** Where the server is and how it is spoken to: {@code smtp.example.com:587, STARTTLS}. */
    public String server() {
        return session.name();
    }

    /** Makes sure that there is a connection, protected and signed in; says why there is none. */
    public Optional<String> connect() {
        try {
            giveBack(take());
            return Optional.empty();
        } catch (MessagingException e) {
            return Optional.of(SmtpFailure.of(e).text());
        }
    }

    /**
     * Sends an email.
     *
     * @param request finishes the message once there is a connection, immediately before it is sent; nothing is sent
     *     when it throws. It gets another message where a connection turns out to be dead
     */
    @Override
    public SmtpReply send(Email email, Consumer<Message> request) {
        return converse(email, request, SmtpConnection::handOver);
    }

    /** As {@link #send}, up to the moment of handing over: the server is only asked whether it is there. */
    public SmtpReply rehearse(Email email, Consumer<Message> request) {
        return converse(email, request, (connection, message) -> {
            if (connection.answers()) {
                return Optional.of(new SmtpReply.Accepted("rehearsed"));
            }
            connection.close();
            return Optional.of(new SmtpReply.NotNow("The connection to the mail server broke", SmtpBlame.SERVER));
        });
    }

    /** Closes connections that no mail has come for. */
    public void closeIdle() {
        for (SmtpConnection last = idle.pollLast(); last != null; last = idle.pollLast()) {
            if (!last.isIdle()) {
                idle.addLast(last);
                return;
            }
            last.close();
        }
    }

    public void close() {
        for (SmtpConnection next = idle.poll(); next != null; next = idle.poll()) {
            next.close();
        }
    }

    private interface Conversation {
        /** Empty where the connection was dead. */
        Optional<SmtpReply> hold(SmtpConnection connection, Message message);
    }

    private SmtpReply converse(Email email, Consumer<Message> request, Conversation conversation) {
        try {
            Optional<SmtpReply> reply = Optional.empty();
            while (reply.isEmpty()) {
                SmtpConnection connection = take();
                try {
                    Message message = composer.compose(email, session.session());
                    request.accept(message);
                    reply = conversation.hold(connection, message);
                } catch (RuntimeException | Error e) {
                    connection.close();
                    throw e;
                } finally {
                    giveBack(connection);
                }
            }
            return reply.get();
        } catch (MessagingException e) {
            return new SmtpReply.Unreachable(SmtpFailure.of(e).text());
        }
    }

    /** One that the server still answers on, or a new one. */
    private SmtpConnection take() throws MessagingException {
        for (SmtpConnection next = idle.poll(); next != null; next = idle.poll()) {
            if (next.isUsable()) {
                return next;
            }
            next.close();
        }
        return session.connect();
    }

    private void giveBack(SmtpConnection connection) {
        if (connection.isOpen()) {
            idle.push(connection);
        }
    }
}
