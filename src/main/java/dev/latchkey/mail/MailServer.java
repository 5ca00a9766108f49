package dev.latchkey.mail;

import dev.latchkey.config.checks.CheckResult;
import dev.latchkey.mail.smtp.SmtpSender;
import jakarta.inject.Singleton;

/** Looks at the mail server, without a mail. */
@Singleton
public final class MailServer {
    private final SmtpSender smtp;

    MailServer(SmtpSender smtp) {
        this.smtp = smtp;
    }

    /** Connects, protects the connection and logs in. */
    public CheckResult look() {
        CheckResult result = smtp.connect().map(this::unusable).orElseGet(() -> CheckResult.passed(smtp.server()));
        smtp.close();
        return result;
    }

    /** It cannot be used, and why, and what is to be done. */
    CheckResult unusable(String why) {
        return CheckResult.failed(smtp.address() + ": " + why + ". " + cure(why));
    }

    private static String cure(String why) {
        if (why.startsWith("Authentication failed")) {
            return "Correct LATCHKEY_SMTP_USERNAME and LATCHKEY_SMTP_PASSWORD.";
        }
        return why.contains("STARTTLS") || why.contains("SSL") || why.contains("PKIX") || why.contains("ertificate")
                ? "Check LATCHKEY_SMTP_TLS, the port that goes with it, and the server's certificate."
                : "Check LATCHKEY_SMTP_HOST and LATCHKEY_SMTP_PORT, and that the server runs and lets this one in.";
    }
}
