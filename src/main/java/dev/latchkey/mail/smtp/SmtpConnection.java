package dev.latchkey.mail.smtp;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.URLName;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * A connection to the mail server, kept open as long as mails keep coming. It knows how far the present mail has come,
 * which decides what a failure means. For one thread at a time.
 */
final class SmtpConnection extends SMTPTransport {
    /** A server that has been quiet for longer may have hung up: it is asked before the next mail. */
    private static final Duration TRUSTED = Duration.ofSeconds(2);

    private static final Duration KEPT = Duration.ofSeconds(10);

    private final SmtpSession limits;
    private boolean usedBefore;
    private boolean senderTaken;
    private boolean open = true;
    private long usedAt = System.nanoTime();

    SmtpConnection(SmtpSession session, String host, int port) {
        super(session.session(), new URLName("smtp", host, port, null, null, null));
        limits = session;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether no mail has come for a while. */
    boolean isIdle() {
        return unusedFor(KEPT);
    }

    /** Whether the server is still there, as far as is known. */
    boolean isUsable() {
        return !unusedFor(TRUSTED) || answers();
    }

    /** Whether the server answers NOOP. */
    boolean answers() {
        limits.limitTo(1);
        usedBefore = true;
        boolean answers = isConnected();
        usedAt = System.nanoTime();
        return answers;
    }

    /**
     * Hands one mail over.
     *
     * @return empty where the connection, which was used before, turned out to be dead when the mail began
     */
    Optional<SmtpReply> handOver(Message message) {
        boolean fresh = !usedBefore;
        usedBefore = true;
        senderTaken = false;
        limits.limitTo(SmtpSession.ANSWERS);
        try {
            sendMessage(message, message.getAllRecipients());
            return Optional.of(new SmtpReply.Accepted(getLastServerResponse()));
        } catch (MessagingException e) {
            SmtpFailure failure = SmtpFailure.of(e);
            SmtpBlame blame = failure.blame(senderTaken);
            if (failure.endsConnection() || blame == SmtpBlame.SERVER) {
                close();
            }
            boolean dead = failure.endsConnection() && !senderTaken && !fresh;
            return dead ? Optional.empty() : Optional.of(failure.reply(blame));
        } finally {
            usedAt = System.nanoTime();
        }
    }

    @Override
    protected void rcptTo() throws MessagingException {
        senderTaken = true;
        super.rcptTo();
    }

    @Override
    public synchronized void close() {
        open = false;
        try {
            super.close();
        } catch (MessagingException e) {
            // It was to be closed, and it is.
        }
    }

    private boolean unusedFor(Duration time) {
        return System.nanoTime() - usedAt > time.toNanos();
    }
}
