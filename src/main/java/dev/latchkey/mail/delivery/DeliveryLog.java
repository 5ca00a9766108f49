package dev.latchkey.mail.delivery;

import dev.latchkey.config.MailSettings;
import dev.latchkey.database.DatabaseFailure;
import dev.latchkey.mail.MailKinds;
import dev.latchkey.mail.MailMetrics;
import dev.latchkey.mail.OutboxMail;
import dev.latchkey.mail.OutboxMails;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how mails ended.
 *
 * <p>Results of workers that are ready at the same time share one commit: whoever gets the lock writes for all that
 * wait. Each worker waits for its own result, so that at most one mail per worker is unwritten when the process dies.
 */
@Singleton
class DeliveryLog {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLog.class);

    /** What the database refuses for a reason that is not known to pass is tried for so long all the same. */
    private static final Duration REFUSED_BY_THE_DATABASE = Duration.ofMinutes(5);

    private final OutboxMails mails;
    private final MailKinds kinds;
    private final TransactionOperations<Connection> transactions;
    private final MailMetrics metrics;
    private final Duration otherwise;
    private final Clock clock;
    private final ReentrantLock commit = new ReentrantLock();
    private final Queue<UnwrittenResult> waiting = new ConcurrentLinkedQueue<>();

    DeliveryLog(
            OutboxMails mails,
            MailKinds kinds,
            TransactionOperations<Connection> transactions,
            MailMetrics metrics,
            MailSettings settings,
            Clock clock) {
        this.mails = mails;
        this.kinds = kinds;
        this.transactions = transactions;
        this.metrics = metrics;
        this.otherwise = settings.mailRetryMost();
        this.clock = clock;
    }

    /**
     * Returns when the result is stored, however long the database is locked or away: forgetting an accepted mail would
     * send it again, and its link would have no end. A result that cannot be recorded for another reason is tried for
     * minutes before the mail is parked.
     *
     * @throws InterruptedException when the process must end first
     */
    void write(DeliveryResult fate) throws InterruptedException {
        UnwrittenResult mine = new UnwrittenResult(fate);
        waiting.add(mine);
        try {
            while (!tryToWrite(mine)) {
                Thread.sleep(mine.pause());
            }
        } finally {
            waiting.remove(mine);
        }
    }

    private boolean tryToWrite(UnwrittenResult mine) throws InterruptedException {
        commit.lockInterruptibly();
        try {
            if (!mine.isWritten()) {
                // One that failed goes alone from then on, so that it holds up nobody else's.
                store(
                        mine.hasFailed()
                                ? List.of(mine)
                                : waiting.stream()
                                        .filter(UnwrittenResult::isNew)
                                        .toList());
            }
        } catch (RuntimeException | Error e) {
            failed(mine, e);
        } finally {
            commit.unlock();
        }
        return mine.isWritten();
    }

    private void failed(UnwrittenResult mine, Throwable failure) {
        if (!mine.hasFailed()) {
            LOG.warn(
                    "The result of mail {} cannot be stored yet",
                    mine.fate().mail().id(),
                    failure);
        }
        boolean passes = failure instanceof VirtualMachineError || DatabaseFailure.isBehind(failure);
        boolean refused = failure instanceof Error || DatabaseFailure.isFailure(failure);
        if (mine.failedFor(passes, refused ? REFUSED_BY_THE_DATABASE : otherwise)) {
            LOG.error(
                    "The result of mail {} cannot be recorded",
                    mine.fate().mail().id(),
                    failure);
            // Sending the mail over and over would be worse than asking an operator.
            mine.giveUp(failure);
        }
    }

    private void store(List<UnwrittenResult> batch) {
        List<DeliveryResult> effective = transactions.executeWrite(status -> batch.stream()
                .map(UnwrittenResult::fate)
                // In the order in which a save of an account with several links locks their stories.
                .sorted(Comparator.comparing(fate -> fate.mail().aboutId()))
                .filter(this::apply)
                .toList());
        batch.forEach(UnwrittenResult::written);
        effective.forEach(metrics::count);
    }

    /** False where another worker owns the mail by now and decides. */
    private boolean apply(DeliveryResult fate) {
        OutboxMail mail = fate.mail();
        return switch (fate) {
            case DeliveryResult.Accepted accepted -> {
                boolean first = mails.remove(mail.id()) == 1;
                if (first) {
                    kinds.find(mail).ifPresent(kind -> kind.accepted(mail, accepted.at()));
                }
                yield first;
            }
            case DeliveryResult.Dropped dropped -> {
                boolean first = mails.remove(mail.id()) == 1;
                if (first) {
                    kinds.find(mail).ifPresent(kind -> kind.dropped(mail, clock.instant()));
                }
                yield first;
            }
            case DeliveryResult.Postponed postponed ->
                mails.postpone(mail.id(), mail.leasedBy(), postponed.dueAt(), postponed.error()) == 1;
            case DeliveryResult.Parked parked -> {
                boolean ours = mails.park(mail.id(), mail.leasedBy(), parked.error()) == 1;
                if (ours) {
                    kinds.find(mail).ifPresent(kind -> kind.undeliverable(mail, clock.instant()));
                }
                yield ours;
            }
            case DeliveryResult.Unrecorded unrecorded -> mails.parkWhoeverOwnsIt(mail.id(), unrecorded.error()) == 1;
            case DeliveryResult.Released released -> mails.release(mail.id(), mail.leasedBy(), clock.instant()) == 1;
        };
    }
}
