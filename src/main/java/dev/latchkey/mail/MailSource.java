package dev.latchkey.mail;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.config.MailSettings;
import dev.latchkey.config.SmtpSettings;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the workers of this process get their mails: claimed from the outbox in batches, handed out one by one.
 *
 * <p>A claim is one short transaction whatever the number of mails, because on SQLite each commit costs a disk flush
 * and every writer waits for it. Turns are given before mails, so that only as many workers connect as there are mails
 * for, and first to workers that are connected already.
 */
@Singleton
class MailSource {
    /** Few enough to be sent well within a lease, enough to make the claim's commit cheap per mail. */
    static final int BATCH = 32;

    /** Answers of the server that one mail waits for at most: MAIL, RCPT, DATA and the end of the text. */
    private static final int ANSWERS = 4;

    private final OutboxMails mails;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;
    private final Duration lease;
    private final Duration oneMail;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition connectedMayGo = lock.newCondition();
    private final Condition othersMayGo = lock.newCondition();
    private final Condition ended = lock.newCondition();
    private final Queue<OutboxMail> inHand = new ArrayDeque<>();
    private final Set<UUID> inFlight = new HashSet<>();
    private int promised;
    private int connectedWaiting;
    private boolean maybeDue;
    private boolean claiming;
    private boolean closed = true;

    MailSource(
            OutboxMails mails,
            TransactionOperations<Connection> transactions,
            Clock clock,
            MailSettings settings,
            SmtpSettings smtp) {
        this.mails = mails;
        this.transactions = transactions;
        this.clock = clock;
        oneMail = smtp.timeout().multipliedBy(ANSWERS);
        // A lease that could end while its mail is being sent would let a second worker send it too.
        Duration least = oneMail.plus(smtp.timeout());
        lease = settings.mailLease().compareTo(least) < 0 ? least : settings.mailLease();
    }

    void open() {
        change(() -> closed = false);
    }

    /** Lets nobody wait any longer; what is in hand can still be {@link #drain drained}. */
    void close() {
        change(() -> {
            closed = true;
            ended.signalAll();
            connectedMayGo.signalAll();
            othersMayGo.signalAll();
        });
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the end; false when it has not come after that time. */
    boolean awaitClose(Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (!closed && left > 0) {
                left = ended.awaitNanos(left);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** There may be a mail that is due. */
    void wake() {
        change(() -> maybeDue = true);
    }

    /** Looks for mails that came due or that another process put in. */
    void poll() {
        if (!claiming() && anyDue()) {
            wake();
        }
    }

    /**
     * Whether the turn is worth a new connection; if not, it is over. A claim that another one has just made pointless
     * is found out this way, at the price of one look-up.
     */
    boolean isWorthConnecting(Turn turn) {
        if (turn == Turn.MAIL || anyDue()) {
            return true;
        }
        change(() -> claiming = false);
        return false;
    }

    /**
     * Waits for a turn, at most so long. Whoever gets one must {@link #take} or {@link #decline}.
     *
     * @param connected whether the worker could send at once
     */
    Turn await(Duration most, boolean connected) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (turns() <= 0 && !closed && left > 0) {
                connectedWaiting += connected ? 1 : 0;
                try {
                    left = (connected ? connectedMayGo : othersMayGo).awaitNanos(left);
                } finally {
                    connectedWaiting -= connected ? 1 : 0;
                }
            }
            if (closed || turns() <= 0) {
                return Turn.NONE;
            }
            if (inHand.size() > promised) {
                promised++;
                return Turn.MAIL;
            }
            claiming = true;
            maybeDue = false;
            return Turn.CLAIM;
        } finally {
            lock.unlock();
        }
    }

    /** The next mail, owned by the caller until {@link #done}; empty when there is none after all. */
    Optional<OutboxMail> take(Turn turn) {
        if (turn == Turn.CLAIM) {
            claimForAll();
        }
        lock.lock();
        try {
            promised--;
            return Optional.ofNullable(inHand.poll());
        } finally {
            lock.unlock();
        }
    }

    /** Leaves the turn to somebody else. */
    void decline(Turn turn) {
        change(() -> {
            if (turn == Turn.CLAIM) {
                claiming = false;
                maybeDue = true;
            } else {
                promised--;
            }
        });
    }

    /** Whether a mail can be sent to its end before its lease ends. */
    boolean leaseSuffices(OutboxMail mail) {
        return clock.instant().plus(oneMail).isBefore(mail.dueAt());
    }

    /** The caller has said how it went. */
    void done(OutboxMail mail) {
        change(() -> inFlight.remove(mail.id()));
    }

    /** Takes away all that was claimed but not handed out. */
    List<OutboxMail> drain() {
        List<OutboxMail> rest = new ArrayList<>();
        change(() -> {
            rest.addAll(inHand);
            inHand.clear();
        });
        return rest;
    }

    /** The claimer has a share in what it brings. */
    private void claimForAll() {
        List<OutboxMail> claimed;
        try {
            claimed = claim();
        } catch (RuntimeException e) {
            decline(Turn.CLAIM);
            throw e;
        }
        change(() -> {
            claiming = false;
            maybeDue |= claimed.size() == BATCH;
            promised++;
            // A mail whose result cannot be written (database locked) may come by again after its lease.
            claimed.stream().filter(mail -> inFlight.add(mail.id())).forEach(inHand::add);
        });
    }

    private List<OutboxMail> claim() {
        Instant now = clock.instant();
        String claim = UuidCreator.getTimeOrderedEpoch().toString();
        return transactions.executeWrite(status -> mails.claim(claim, now.plus(lease), now, BATCH) == 0
                ? List.<OutboxMail>of()
                : mails.findByLeasedByOrderById(claim));
    }

    private boolean anyDue() {
        return mails.findDue(clock.instant()).isPresent();
    }

    private boolean claiming() {
        lock.lock();
        try {
            return claiming;
        } finally {
            lock.unlock();
        }
    }

    private int turns() {
        return inHand.size() - promised + ((maybeDue && !claiming) ? 1 : 0);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            int turns = turns();
            if (turns > 0) {
                connectedMayGo.signalAll();
            }
            for (int i = connectedWaiting; i < turns; i++) {
                othersMayGo.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
