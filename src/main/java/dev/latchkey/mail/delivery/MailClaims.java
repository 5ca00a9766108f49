package dev.latchkey.mail.delivery;

import dev.latchkey.config.MailSettings;
import dev.latchkey.config.SmtpSettings;
import dev.latchkey.mail.Outbox;
import dev.latchkey.mail.OutboxClaims;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.mail.smtp.SmtpSession;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Takes due mails out of the outbox. */
@Singleton
class MailClaims extends OutboxClaims {
    private final Duration oneMail;

    MailClaims(
            OutboxMessages mails,
            TransactionOperations<Connection> transactions,
            Clock clock,
            MailSettings settings,
            SmtpSettings smtp) {
        super(Outbox.CHANNEL, mails, transactions, clock, lease(settings, smtp), settings.mailRetryMost());
        oneMail = oneMail(smtp);
    }

    /** How long handing over one mail may take. */
    Duration oneMail() {
        return oneMail;
    }

    private static Duration oneMail(SmtpSettings smtp) {
        return smtp.timeout().multipliedBy(SmtpSession.ANSWERS);
    }

    /** One that could end while its mail is being sent would let a second worker send it too. */
    private static Duration lease(MailSettings settings, SmtpSettings smtp) {
        return Collections.max(List.of(settings.mailLease(), oneMail(smtp).plus(smtp.timeout())));
    }
}
