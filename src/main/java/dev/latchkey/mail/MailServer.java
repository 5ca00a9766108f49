package dev.latchkey.mail;

import dev.latchkey.config.SmtpSettings;
import dev.latchkey.config.checks.Finding;
import dev.latchkey.mail.smtp.SmtpSender;
import jakarta.inject.Singleton;

/** Looks at the mail server, without a mail. */
@Singleton
public final class MailServer {
    private final SmtpSettings settings;
    private final SmtpSender smtp;

    MailServer(SmtpSettings settings, SmtpSender smtp) {
        this.settings = settings;
        this.smtp = smtp;
    }

    /** Connects, protects the connection and logs in. */
    public Finding look() {
        Finding finding = smtp.connect()
                .map(why -> unusable(settings, why))
                .orElseGet(() -> Finding.fine(name(settings)
                        + protection()
                        + (settings.username() == null
                                ? ", without a login"
                                : ", logged in as " + settings.username())));
        smtp.close();
        return finding;
    }

    /** It cannot be used, and why, and what is to be done. */
    static Finding unusable(SmtpSettings settings, String why) {
        return Finding.wrong(name(settings) + ": " + why + ". " + cure(why));
    }

    static String name(SmtpSettings settings) {
        return settings.host() + ":" + settings.port();
    }

    private static String cure(String why) {
        if (why.startsWith("Authentication failed")) {
            return "Correct LATCHKEY_SMTP_USERNAME and LATCHKEY_SMTP_PASSWORD.";
        }
        return why.contains("STARTTLS") || why.contains("SSL") || why.contains("PKIX") || why.contains("ertificate")
                ? "Check LATCHKEY_SMTP_TLS, the port that goes with it, and the server's certificate."
                : "Check LATCHKEY_SMTP_HOST and LATCHKEY_SMTP_PORT, and that the server runs and lets this one in.";
    }

    private String protection() {
        return switch (settings.tls()) {
            case NONE -> ", without TLS";
            case STARTTLS -> ", STARTTLS";
            case TLS -> ", TLS";
        };
    }
}
