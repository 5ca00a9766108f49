package dev.latchkey.mail.smtp;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection to the mail server, kept open as long as mails keep coming. Not thread-safe. */
public final class SmtpConnection {
    /** Answers that one mail waits for: MAIL, RCPT, DATA and the end of the text. */
    public static final int ANSWERS = 4;

    /** A server that has been quiet for longer may have hung up: it is asked before the next mail. */
    private static final Duration TRUSTED = Duration.ofSeconds(2);

    private static final Duration KEPT = Duration.ofSeconds(10);

    private final SmtpSession session;
    private @Nullable SmtpTransport transport;
    private long usedAt;

    SmtpConnection(SmtpSession session) {
        this.session = session;
    }

    boolean isOpen() {
        return transport != null;
    }

    /** Whether no mail has come for a while. */
    boolean isIdle() {
        return unusedFor(KEPT);
    }

    /** Says why there is no connection; empty when there is one. */
    public Optional<SmtpFailure> open() {
        if (transport != null) {
            return Optional.empty();
        }
        try {
            transport = session.connect();
            usedAt = System.nanoTime();
            return Optional.empty();
        } catch (MessagingException e) {
            return Optional.of(SmtpFailure.of(e));
        }
    }

    /** Closes a connection that the server has left meanwhile. */
    void check() {
        if (transport != null && unusedFor(TRUSTED) && !answers()) {
            close();
        }
    }

    /** Whether the server answers NOOP. */
    public boolean answers() {
        session.limitTo(1);
        boolean alive = transport != null && transport.isConnected();
        usedAt = System.nanoTime();
        return alive;
    }

    /**
     * Hands one mail over.
     *
     * @param fresh whether the connection was opened for this mail, so that its failure cannot be an old one's
     */
    public SmtpReply send(MimeMessage message, boolean fresh) {
        SmtpTransport open = transport;
        if (open == null) {
            return new SmtpReply.Stale();
        }
        session.limitTo(ANSWERS);
        try {
            Address[] to = message.getAllRecipients();
            open.sendMessage(message, to);
            usedAt = System.nanoTime();
            return new SmtpReply.Accepted();
        } catch (MessagingException e) {
            return failed(SmtpFailure.of(e), open.phase(), fresh);
        }
    }

    public void close() {
        SmtpTransport open = transport;
        transport = null;
        if (open != null) {
            try {
                open.close();
            } catch (MessagingException e) {
                // It was to be closed, and it is.
            }
        }
    }

    private SmtpReply failed(SmtpFailure failure, SmtpPhase phase, boolean fresh) {
        usedAt = System.nanoTime();
        SmtpBlame blame = failure.blame(phase);
        if (failure.endsConnection() || blame == SmtpBlame.SERVER) {
            close();
        }
        if (failure.endsConnection() && phase == SmtpPhase.SENDER && !fresh) {
            return new SmtpReply.Stale();
        }
        return failure.isFinal() && blame == SmtpBlame.MAIL
                ? new SmtpReply.Refused(failure.text())
                : new SmtpReply.NotNow(failure.text(), blame);
    }

    private boolean unusedFor(Duration time) {
        return System.nanoTime() - usedAt > time.toNanos();
    }
}
