package dev.latchkey.mail.smtp;

import dev.latchkey.config.MailSettings;
import dev.latchkey.config.SenderAddress;
import dev.latchkey.config.SmtpSettings;
import io.micronaut.email.javamail.sender.SessionProvider;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.util.StreamProvider;
import java.time.Duration;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailStreamProvider;

/** How this service speaks SMTP: whom to, under which name, protected how, and for how long it waits. */
@Singleton
public final class SmtpSession implements SessionProvider {
    /** Answers that one mail waits for: MAIL, RCPT, DATA and the end of the text. */
    public static final int ANSWERS = 4;

    /** As many answers as the greeting, EHLO, STARTTLS and AUTH take when each comes late. */
    private static final int CONNECTING = 4;

    private final Session session;
    private final SmtpSettings smtp;
    private final SmtpSockets sockets;

    SmtpSession(SmtpSettings smtp, MailSettings settings) {
        this.smtp = smtp;
        sockets = new SmtpSockets(smtp.timeout());
        nameStreamProvider();
        // Session.getDefaultInstance would be shared by the whole JVM, with the settings of whoever came first.
        session = Session.getInstance(properties(settings.sender()));
    }

    @Override
    public Session session() {
        return session;
    }

    /** As operators are told. */
    String address() {
        return smtp.host() + ":" + smtp.port();
    }

    String name() {
        return address() + ", "
                + switch (smtp.tls()) {
                    case NONE -> "no TLS";
                    case STARTTLS -> "STARTTLS";
                    case TLS -> "TLS";
                }
                + (smtp.username() == null ? "" : ", signed in");
    }

    /** A new connection, greeted, protected and authenticated. */
    SmtpConnection connect() throws MessagingException {
        sockets.limit(smtp.connectTimeout().plus(allow(CONNECTING)));
        String host = String.valueOf(smtp.host());
        SmtpConnection connection = new SmtpConnection(this, host, smtp.port());
        connection.connect(host, smtp.port(), smtp.username(), smtp.password());
        return connection;
    }

    /** Ends everything that this thread reads after as long as so many answers may take. */
    void limitTo(int answers) {
        sockets.limit(allow(answers));
    }

    /** Gives up servers that do not read what is written to them. */
    @Scheduled(fixedDelay = "1s")
    void giveUpStuck() {
        sockets.closeStuck();
    }

    private Duration allow(int answers) {
        return smtp.timeout().multipliedBy(answers);
    }

    /** Left unnamed, it is searched for in every jar some ten times per mail: three quarters of the time to write one. */
    private static void nameStreamProvider() {
        String key = StreamProvider.class.getName();
        if (System.getProperty(key) == null) {
            System.setProperty(key, MailStreamProvider.class.getName());
        }
    }

    private Properties properties(SenderAddress sender) {
        Properties properties = new Properties();
        properties.setProperty("mail.from", sender.address());
        properties.setProperty("mail.smtp.from", sender.address());
        properties.setProperty("mail.smtp.localhost", sender.domain());
        // Without these Angus waits for ever.
        properties.setProperty(
                "mail.smtp.connectiontimeout",
                Long.toString(smtp.connectTimeout().toMillis()));
        properties.setProperty("mail.smtp.timeout", Long.toString(smtp.timeout().toMillis()));
        // A mail server that never says goodbye holds nobody up.
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.socketFactory", sockets);
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        properties.setProperty("mail.smtp.auth", Boolean.toString(smtp.username() != null));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (smtp.tls()) {
            case NONE -> properties.setProperty("mail.smtp.starttls.enable", "false");
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
        }
        if (smtp.username() != null && smtp.tls() == SmtpSettings.Tls.NONE) {
            throw new IllegalStateException("LATCHKEY_SMTP_USERNAME is set, but LATCHKEY_SMTP_TLS=none would send the"
                    + " password in the clear. Set LATCHKEY_SMTP_TLS to starttls or tls, or remove the user name.");
        }
        return properties;
    }
}
