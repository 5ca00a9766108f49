package dev.latchkey.mail.delivery;

import dev.latchkey.config.MailSettings;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.pause.Backoff;
import dev.latchkey.mail.smtp.SmtpBlame;
import dev.latchkey.mail.smtp.SmtpCircuitBreaker;
import dev.latchkey.mail.smtp.SmtpReply;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a mail after an attempt: when it is tried again, and when it is given up. */
@Singleton
class RetryPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);

    private final SmtpCircuitBreaker breaker;
    private final Backoff backoff;
    private final MailSettings settings;
    private final MailMetrics metrics;
    private final Clock clock;

    RetryPolicy(SmtpCircuitBreaker breaker, Backoff backoff, MailSettings settings, MailMetrics metrics, Clock clock) {
        this.breaker = breaker;
        this.backoff = backoff;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What the server's answer means. */
    DeliveryResult after(OutboxMessage mail, SmtpReply reply) {
        return switch (reply) {
            case SmtpReply.Accepted accepted -> {
                breaker.answered();
                yield new DeliveryResult.Accepted(mail, clock.instant());
            }
            case SmtpReply.Refused refused -> {
                breaker.answered();
                LOG.warn("Mail {} ({}) is refused and parked: {}", mail.id(), mail.kind(), refused.error());
                yield new DeliveryResult.Parked(mail, refused.error());
            }
            case SmtpReply.NotNow notNow -> {
                if (notNow.blame() == SmtpBlame.SERVER) {
                    breaker.failed(notNow.error());
                } else {
                    breaker.answered();
                }
                yield failed(mail, notNow.error(), notNow.blame());
            }
            case SmtpReply.Unreachable unreachable -> {
                breaker.failed(unreachable.error());
                yield new DeliveryResult.Released(mail);
            }
        };
    }

    /** It failed, and is tried again or given up. */
    DeliveryResult failed(OutboxMessage mail, String error, SmtpBlame blame) {
        if (isOver(mail, blame)) {
            LOG.warn("Mail {} ({}) is too old and parked: {}", mail.id(), mail.kind(), error);
            return new DeliveryResult.Parked(mail, "Given up after " + mail.attempts() + " attempts: " + error);
        }
        if (blame == SmtpBlame.MAIL) {
            LOG.info("Mail {} ({}) waits after attempt {}: {}", mail.id(), mail.kind(), mail.attempts(), error);
        } else {
            metrics.refusedUs();
            LOG.warn("Mail {} ({}) waits, the mail server minds us: {}", mail.id(), mail.kind(), error);
        }
        return new DeliveryResult.Postponed(mail, clock.instant().plus(backoff.after(mail.attempts())), error);
    }

    /**
     * Whether a mail that failed once more is to be parked: it is old enough, its attempts say so too (a clock may have
     * been wrong for a moment), and it is the mail's own fault. Where the server minds us, it is that only if other mails
     * are taken meanwhile.
     */
    private boolean isOver(OutboxMessage mail, SmtpBlame blame) {
        Duration limit = settings.mailGiveUpAfter();
        boolean old = mail.createdAt().plus(limit).isBefore(clock.instant());
        return old
                && backoff.least(mail.attempts() - 1).compareTo(limit.dividedBy(2)) >= 0
                && (blame == SmtpBlame.MAIL || breaker.acceptedWithin(settings.mailRetryMost()));
    }
}
