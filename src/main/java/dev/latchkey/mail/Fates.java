package dev.latchkey.mail;

import dev.latchkey.config.DatabaseTrouble;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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
class Fates {
    private static final Logger LOG = LoggerFactory.getLogger(Fates.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final OutboxMails mails;
    private final MailKinds kinds;
    private final TransactionOperations<Connection> transactions;
    private final MailMetrics metrics;
    private final Clock clock;
    private final ReentrantLock commit = new ReentrantLock();
    private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();

    Fates(
            OutboxMails mails,
            MailKinds kinds,
            TransactionOperations<Connection> transactions,
            MailMetrics metrics,
            Clock clock) {
        this.mails = mails;
        this.kinds = kinds;
        this.transactions = transactions;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Returns when the result is stored, however long the database is locked: forgetting an accepted mail would send it
     * again.
     *
     * @throws InterruptedException when the process must end first
     */
    void write(Fate fate) throws InterruptedException {
        Entry mine = new Entry(fate);
        waiting.add(mine);
        commit.lockInterruptibly();
        try {
            if (!mine.written) {
                writeAll(drain());
            }
        } finally {
            commit.unlock();
        }
    }

    private List<Entry> drain() {
        List<Entry> batch = new ArrayList<>();
        for (Entry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            batch.add(entry);
        }
        return batch;
    }

    private void writeAll(List<Entry> batch) throws InterruptedException {
        try {
            store(batch.stream().map(entry -> entry.fate).toList());
            batch.forEach(entry -> entry.written = true);
        } catch (RuntimeException together) {
            try {
                for (Entry entry : batch) {
                    writeAlone(entry);
                }
            } finally {
                batch.stream().filter(entry -> !entry.written).forEach(waiting::add);
            }
        }
    }

    private void writeAlone(Entry entry) throws InterruptedException {
        Fate fate = entry.fate;
        Duration pause = FIRST_PAUSE;
        while (!entry.written) {
            try {
                store(List.of(fate));
                entry.written = true;
            } catch (RuntimeException e) {
                if (DatabaseTrouble.isBehind(e)) {
                    LOG.warn(
                            "The result of mail {} cannot be stored yet",
                            fate.mail().id());
                    Thread.sleep(pause);
                    Duration twice = pause.multipliedBy(2);
                    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
                } else if (fate instanceof Fate.Unrecorded) {
                    throw e;
                } else {
                    LOG.error(
                            "The result of mail {} cannot be recorded, it is parked",
                            fate.mail().id(),
                            e);
                    fate = unrecorded(fate, e);
                }
            }
        }
    }

    /** The kind's own code failed for good; sending the mail over and over would be worse than asking an operator. */
    private static Fate unrecorded(Fate fate, RuntimeException failure) {
        String outcome =
                fate instanceof Fate.Accepted ? "Accepted by the mail server, but recording it" : "Recording it";
        return new Fate.Unrecorded(
                fate.mail(), outcome + " failed: " + failure.getClass().getSimpleName());
    }

    private void store(List<Fate> batch) {
        List<Fate> effective = transactions.executeWrite(
                status -> batch.stream().filter(this::apply).toList());
        effective.forEach(metrics::count);
    }

    /** False where another worker owns the mail by now and decides. */
    private boolean apply(Fate fate) {
        OutboxMail mail = fate.mail();
        return switch (fate) {
            case Fate.Accepted accepted -> {
                boolean first = mails.remove(mail.id()) == 1;
                if (first) {
                    kinds.find(mail).ifPresent(kind -> kind.accepted(mail, accepted.at()));
                }
                yield first;
            }
            case Fate.Dropped dropped -> {
                boolean first = mails.remove(mail.id()) == 1;
                if (first) {
                    kinds.find(mail).ifPresent(kind -> kind.dropped(mail, clock.instant()));
                }
                yield first;
            }
            case Fate.Postponed postponed ->
                mails.postpone(mail.id(), mail.leasedBy(), postponed.dueAt(), postponed.error()) == 1;
            case Fate.Parked parked -> {
                boolean ours = mails.park(mail.id(), mail.leasedBy(), parked.error()) == 1;
                if (ours) {
                    kinds.find(mail).ifPresent(kind -> kind.undeliverable(mail, clock.instant()));
                }
                yield ours;
            }
            case Fate.Unrecorded unrecorded -> mails.park(mail.id(), mail.leasedBy(), unrecorded.error()) == 1;
            case Fate.Released released -> mails.release(mail.id(), mail.leasedBy(), clock.instant()) == 1;
        };
    }

    /** Guarded by the commit lock once queued. */
    private static final class Entry {
        final Fate fate;
        boolean written;

        Entry(Fate fate) {
            this.fate = fate;
        }
    }
}
