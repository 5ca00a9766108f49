package dev.latchkey.mail;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.checks.CheckResult;
import dev.latchkey.mail.smtp.SmtpBlame;
import dev.latchkey.mail.smtp.SmtpFailure;
import dev.latchkey.mail.smtp.SmtpReply;
import dev.latchkey.mail.smtp.SmtpSender;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A mail by which an operator tries out whether mail arrives; it goes past the outbox. */
@Singleton
public final class TestMail {
    private static final String WORDING = "test";

    private final MailServer server;
    private final SmtpSender smtp;
    private final MailComposer composer;
    private final BaseUrl baseUrl;

    TestMail(MailServer server, SmtpSender smtp, MailComposer composer, BaseUrl baseUrl) {
        this.server = server;
        this.smtp = smtp;
        this.composer = composer;
        this.baseUrl = baseUrl;
    }

    /** Sends one, in the operator's name and looks, and says what the server answered. */
    public CheckResult send(String to, Locale locale) {
        MailContent.Message content = new MailContent.Message(
                to, locale, "message", WORDING, Map.of("email", to, "link", baseUrl.resolve("/")), List.of());
        CheckResult result = composer.compose(UuidCreator.getTimeOrderedEpoch(), content)
                .map(mail -> read(smtp.send(mail.email(), mail.headers())))
                .orElseGet(() -> CheckResult.failed(to + " is no address that mail can be sent to."));
        smtp.close();
        return result;
    }

    private CheckResult read(SmtpReply reply) {
        String address = smtp.address();
        return switch (reply) {
            case SmtpReply.Accepted accepted ->
                CheckResult.passed(address + " took it: " + SmtpFailure.printable(accepted.answer()));
            case SmtpReply.Refused refused ->
                CheckResult.failed(address + " refuses it for good: " + refused.error()
                        + ". It minds this recipient or this message: check the address, or try another one.");
            case SmtpReply.NotNow later ->
                CheckResult.failed(address + " does not take it now: " + later.error() + ". " + cure(later.blame()));
            case SmtpReply.Unreachable away -> server.unusable(away.error());
        };
    }

    private static String cure(SmtpBlame blame) {
        return blame == SmtpBlame.MAIL
                ? "It may take it later; the service tries such mails again by itself."
                : "It minds who sends: check LATCHKEY_MAIL_FROM, what this login may send and how much of it, and"
                        + " docs/deliverability.md for SPF and DKIM.";
    }
}
