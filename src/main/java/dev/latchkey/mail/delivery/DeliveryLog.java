package dev.latchkey.mail.delivery;

import dev.latchkey.config.MailSettings;
import dev.latchkey.database.DatabaseFailure;
import dev.latchkey.mail.MailKinds;
import dev.latchkey.mail.OutboxMessages;
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
import org.jspecify.annotations.Nullable;
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
    private static final Duration REFUSED = Duration.ofMinutes(5);
    /** Short, because a database that is away lets each try wait anyway, and a link's lifetime waits with it. */
    private static final long LONGEST_PAUSE_MILLIS = 200;

    private final OutboxMessages mails;
    private final MailKinds kinds;
    private final TransactionOperations<Connection> transactions;
    private final MailMetrics metrics;
    private final Duration otherwise;
    private final Clock clock;
    private final ReentrantLock commit = new ReentrantLock();
    private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();

    DeliveryLog(
            OutboxMessages mails,
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

    /** A result on its way into the database; guarded by the lock. */
    private static final class Entry {
        final DeliveryResult result;
        boolean written;

        @Nullable
        Throwable failure;

        Entry(DeliveryResult result) {
            this.result = result;
        }
    }

    /**
     * Returns when the result is stored, however long the database is locked or away: forgetting an accepted mail would
     * send it again, and its link would have no end. A result that cannot be recorded for another reason is tried for
     * minutes before the mail is parked.
     *
     * @throws InterruptedException when the process must end first
     * @throws IllegalStateException when the mail cannot even be parked; it comes by again after its lease
     */
    void write(DeliveryResult result) throws InterruptedException {
        Throwable failure = tryToWrite(result);
        if (failure != null) {
            LOG.error("The result of mail {} cannot be recorded", result.id(), failure);
            // Sending the mail over and over would be worse than asking an operator.
            Throwable again = tryToWrite(DeliveryResult.Unrecorded.because(result, failure));
            if (again != null) {
                throw new IllegalStateException("Mail " + result.id() + " cannot be parked", again);
            }
        }
    }

    /** Says what it failed by in the end; null when it is written. */
    private @Nullable Throwable tryToWrite(DeliveryResult result) throws InterruptedException {
        Entry mine = new Entry(result);
        waiting.add(mine);
        try {
            long failingSince = 0;
            long pause = LONGEST_PAUSE_MILLIS / 4;
            for (Throwable failure = store(mine); failure != null; failure = store(mine)) {
                if (failingSince == 0) {
                    LOG.warn("The result of mail {} cannot be stored yet", result.id(), failure);
                }
                if (failingSince == 0 || failure instanceof VirtualMachineError || DatabaseFailure.isBehind(failure)) {
                    failingSince = System.nanoTime();
                }
                Duration limit = failure instanceof Error || DatabaseFailure.isFailure(failure) ? REFUSED : otherwise;
                if (System.nanoTime() - failingSince > limit.toNanos()) {
                    return failure;
                }
                Thread.sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
            return null;
        } finally {
            waiting.remove(mine);
        }
    }

    /** Says why it could not be stored; null when it is. */
    private @Nullable Throwable store(Entry mine) throws InterruptedException {
        commit.lockInterruptibly();
        try {
            if (!mine.written) {
                // One that failed goes alone from then on, so that it holds up nobody else's.
                List<Entry> fresh = waiting.stream()
                        .filter(next -> !next.written && next.failure == null)
                        .toList();
                store(mine.failure == null ? fresh : List.of(mine));
            }
            mine.failure = null;
        } catch (RuntimeException | Error e) {
            mine.failure = e;
        } finally {
            commit.unlock();
        }
        return mine.failure;
    }

    private void store(List<Entry> batch) {
        List<DeliveryResult> effective = transactions.executeWrite(status -> batch.stream()
                .map(entry -> entry.result)
                // In the order in which a save of an account with several links locks their requests.
                .sorted(Comparator.comparing(result -> result.mail().aboutId()))
                .filter(result -> result.apply(mails, kinds, clock.instant()))
                .toList());
        batch.forEach(entry -> entry.written = true);
        effective.forEach(metrics::count);
    }
}
