package dev.latchkey.mail.delivery;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.config.MailSettings;
import dev.latchkey.config.SmtpSettings;
import dev.latchkey.mail.LocalDelivery.Lease;
import dev.latchkey.mail.Outbox;
import dev.latchkey.mail.OutboxMail;
import dev.latchkey.mail.OutboxMails;
import dev.latchkey.mail.smtp.SmtpSession;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes due mails out of the outbox, under a lease.
 *
 * <p>A claim is one short transaction whatever the number of mails, because on SQLite each commit costs a disk flush
 * and every writer waits for it.
 */
@Singleton
class MailClaims {
    /** By how much the clocks of nodes may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(MailClaims.class);

    private final OutboxMails mails;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;
    private final Duration oneMail;
    private final Duration lease;
    private final Duration longestWait;

    MailClaims(
            OutboxMails mails,
            TransactionOperations<Connection> transactions,
            Clock clock,
            MailSettings settings,
            SmtpSettings smtp) {
        this.mails = mails;
        this.transactions = transactions;
        this.clock = clock;
        oneMail = smtp.timeout().multipliedBy(SmtpSession.ANSWERS);
        // A lease that could end while its mail is being sent would let a second worker send it too.
        lease = Collections.max(List.of(settings.mailLease(), oneMail.plus(smtp.timeout())));
        longestWait = Collections.max(List.of(lease, settings.mailRetryMost())).plus(SKEW);
    }

    /** How long handing over one mail may take. */
    Duration oneMail() {
        return oneMail;
    }

    Duration lease() {
        return lease;
    }

    /** A lease that begins now. */
    Lease begin() {
        long endNanos = System.nanoTime() + lease.toNanos();
        return new Lease(
                UuidCreator.getTimeOrderedEpoch().toString(), clock.instant().plus(lease), endNanos);
    }

    /** Takes up to so many due mails, the longest due first. */
    List<ClaimedMail> claim(int most) {
        Lease taken = begin();
        Instant now = clock.instant();
        List<OutboxMail> claimed = transactions.executeWrite(
                status -> mails.claim(Outbox.CHANNEL, taken.name(), taken.end(), now, most) == 0
                        ? List.<OutboxMail>of()
                        : mails.findByLeasedByOrderById(taken.name()));
        return claimed.stream()
                .map(mail -> new ClaimedMail(mail, taken.endNanos()))
                .toList();
    }

    /** Whether a mail has been due for so long. */
    boolean anyDueFor(Duration time) {
        return mails.findOldestDue(Outbox.CHANNEL, clock.instant().minus(time)).isPresent();
    }

    /** Makes mails due whose time lies further ahead than any wait is long: a clock was wrong when it was written. */
    void bringForward() {
        Instant now = clock.instant();
        Instant farthest = now.plus(longestWait);
        if (mails.findDueAfter(Outbox.CHANNEL, farthest).isPresent()) {
            int found = transactions.executeWrite(status -> mails.bringForward(Outbox.CHANNEL, farthest, now));
            LOG.warn("A clock was wrong: {} mails were to wait longer than any wait is long, and are due now", found);
        }
    }
}
