package dev.latchkey.mail.smtp;

import dev.latchkey.config.MailSettings;
import dev.latchkey.config.SmtpSettings;
import dev.latchkey.mail.Addresses;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.util.StreamProvider;
import java.time.Duration;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.jspecify.annotations.Nullable;

/** How this service speaks SMTP: whom to, under which name, protected how, and for how long it waits. */
@Singleton
public final class SmtpSession {
    /** As many answers as the greeting, EHLO, STARTTLS and AUTH take when each comes late. */
    private static final int CONNECTING = 4;

    private final Session session;
    private final SmtpSettings smtp;
    private final SmtpSockets sockets;
    private final InternetAddress from;

    public SmtpSession(SmtpSettings smtp, MailSettings settings) {
        this.smtp = smtp;
        from = sender(settings.mailFrom());
        sockets = new SmtpSockets(smtp.timeout());
        nameStreamProvider();
        // Session.getDefaultInstance would be shared by the whole JVM, with the settings of whoever came first.
        session = Session.getInstance(properties());
    }

    public Session session() {
        return session;
    }

    public InternetAddress from() {
        return from;
    }

    /** The domain that our mails come from. */
    public String domain() {
        String address = from.getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** A new connection, greeted, protected and authenticated. */
    SmtpTransport connect() throws MessagingException {
        sockets.limit(smtp.connectTimeout().plus(allow(CONNECTING)));
        String host = String.valueOf(smtp.host());
        SmtpTransport transport = new SmtpTransport(session, host, smtp.port());
        transport.connect(host, smtp.port(), smtp.username(), smtp.password());
        return transport;
    }

    /** Ends everything that this thread reads after as long as so many answers may take. */
    void limitTo(int answers) {
        sockets.limit(allow(answers));
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

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("mail.from", from.getAddress());
        properties.setProperty("mail.smtp.from", from.getAddress());
        properties.setProperty("mail.smtp.localhost", domain());
        // Without these Angus waits for ever.
        properties.setProperty(
                "mail.smtp.connectiontimeout",
                Long.toString(smtp.connectTimeout().toMillis()));
        String answer = Long.toString(smtp.timeout().toMillis());
        properties.setProperty("mail.smtp.timeout", answer);
        properties.setProperty("mail.smtp.writetimeout", answer);
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

    private static InternetAddress sender(@Nullable String configured) {
        if (configured == null || configured.isBlank()) {
            throw new IllegalStateException(
                    "LATCHKEY_MAIL_FROM is missing. Set it to the sender, such as Latchkey <latchkey@example.com>.");
        }
        try {
            InternetAddress[] parsed = InternetAddress.parse(configured.strip(), true);
            if (parsed.length == 1 && Addresses.plain(parsed[0].getAddress())) {
                String name = parsed[0].getPersonal();
                return new InternetAddress(parsed[0].getAddress(), name, "UTF-8");
            }
        } catch (MessagingException | java.io.UnsupportedEncodingException e) {
            throw new IllegalStateException(notASender(configured), e);
        }
        throw new IllegalStateException(notASender(configured));
    }

    private static String notASender(String configured) {
        return "LATCHKEY_MAIL_FROM=" + configured
                + " is not one mail address. Write it like Latchkey <latchkey@example.com>.";
    }
}
