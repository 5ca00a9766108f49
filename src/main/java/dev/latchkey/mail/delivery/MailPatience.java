package dev.latchkey.mail.delivery;

import dev.latchkey.config.MailSettings;
import dev.latchkey.mail.OutboxMail;
import dev.latchkey.mail.smtp.SmtpBlame;
import dev.latchkey.mail.smtp.SmtpCircuitBreaker;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** When a mail that fails is tried again, and when it is given up. */
@Singleton
class MailPatience {
    private final Backoff backoff;
    private final SmtpCircuitBreaker gate;
    private final MailSettings settings;
    private final Clock clock;

    MailPatience(Backoff backoff, SmtpCircuitBreaker gate, MailSettings settings, Clock clock) {
        this.backoff = backoff;
        this.gate = gate;
        this.settings = settings;
        this.clock = clock;
    }

    /** How long to wait after the present attempt. */
    Duration after(OutboxMail mail) {
        return backoff.after(mail.attempts());
    }

    /**
     * Whether a mail that failed once more is to be parked: it is old enough, its attempts say so too (a clock may have
     * been wrong for a moment), and it is the mail's own fault. Where the server minds us, it is that only if other mails
     * are taken meanwhile.
     */
    boolean isOver(OutboxMail mail, SmtpBlame blame) {
        Duration limit = settings.mailGiveUpAfter();
        boolean old = mail.createdAt().plus(limit).isBefore(clock.instant());
        return old
                && backoff.least(mail.attempts() - 1).compareTo(limit.dividedBy(2)) >= 0
                && (blame == SmtpBlame.MAIL || gate.acceptedWithin(settings.mailRetryMost()));
    }
}
