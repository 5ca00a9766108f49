package dev.latchkey.mail.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** An SMTP connection that knows how far the present mail has come, which decides what a failure means. */
final class SmtpTransport extends SMTPTransport {
    private volatile SmtpPhase phase = SmtpPhase.SENDER;

    SmtpTransport(Session session, String host, int port) {
        super(session, new URLName("smtp", host, port, null, null, null));
    }

    SmtpPhase phase() {
        return phase;
    }

    @Override
    protected void mailFrom() throws MessagingException {
        phase = SmtpPhase.SENDER;
        super.mailFrom();
    }

    @Override
    protected void rcptTo() throws MessagingException {
        phase = SmtpPhase.RECIPIENT;
        super.rcptTo();
    }

    @Override
    protected OutputStream data() throws MessagingException {
        phase = SmtpPhase.MESSAGE;
        return super.data();
    }
}
