package dev.latchkey.mail.delivery;

import dev.latchkey.config.MailSettings;
import dev.latchkey.mail.MailSignal;
import dev.latchkey.mail.smtp.SmtpCircuitBreaker;
import dev.latchkey.mail.smtp.SmtpConnections;
import dev.latchkey.mail.smtp.SmtpFailure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims due mails in batches and hands them to the workers of this process.
 *
 * <p>Whatever goes wrong, memory that runs out included, costs a pause of a second: what was taken is given back, and
 * claims go on. A mail that was claimed and not handed out is taken again when its lease ends.
 */
@Singleton
class MailDispatcher {
    /** Few enough to be sent well within a lease, enough to make the claim's commit cheap per mail. */
    static final int BATCH = 32;

    /** So that workers have something to do while the next batch is claimed. */
    private static final int MOST_IN_HAND = 2 * BATCH;

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(MailDispatcher.class);

    private final MailClaims claims;
    private final MailSignal signal;
    private final MailSender sender;
    private final SmtpCircuitBreaker gate;
    private final SmtpConnections lines;
    private final Duration pollInterval;

    private final Semaphore places = new Semaphore(MOST_IN_HAND);
    private final Set<UUID> inFlight = ConcurrentHashMap.newKeySet();
    private long polledAt = System.nanoTime();
    private volatile long movedAt = System.nanoTime();
    private volatile boolean open;

    MailDispatcher(
            MailClaims claims,
            MailSignal signal,
            MailSender sender,
            SmtpCircuitBreaker gate,
            SmtpConnections lines,
            MailSettings settings) {
        this.claims = claims;
        this.signal = signal;
        this.sender = sender;
        this.gate = gate;
        this.lines = lines;
        pollInterval = settings.mailPollInterval();
    }

    void open() {
        moved();
        open = true;
    }

    /** Claims nothing more; mails that are in hand and not begun are given back by the workers. */
    void close() {
        open = false;
        signal.wake();
    }

    /** For how long no mail has moved although there was one; zero while this process does not deliver. */
    Duration stillFor() {
        return open ? Duration.ofNanos(System.nanoTime() - movedAt) : Duration.ZERO;
    }

    boolean hasMailsInHand() {
        return !inFlight.isEmpty();
    }

    /** Hands mails to the workers until it is closed. */
    void run(Executor workers) {
        while (open) {
            try {
                step(workers);
            } catch (InterruptedException e) {
                // Only ever by the end of the process, which closes first.
            } catch (Throwable e) {
                pause(e);
            }
        }
    }

    private void step(Executor workers) throws InterruptedException {
        Duration pause = gate.pause();
        boolean signalled =
                signal.await(pause.isPositive() && pause.compareTo(pollInterval) < 0 ? pause : pollInterval);
        if (System.nanoTime() - polledAt >= pollInterval.toNanos()) {
            polledAt = System.nanoTime();
            lines.closeIdle();
            claims.bringForward();
        }
        if (!signalled && !claims.anyDueFor(Duration.ZERO)) {
            rest();
            return;
        }
        while (open && serverMayBeThere() && handOut(workers, gate.isOpen() ? BATCH : 1) == BATCH) {
            // There may be more.
        }
    }

    /** A connection comes first and a mail second: while the server is away, mails stay as they are. */
    private boolean serverMayBeThere() {
        if (gate.isOpen()) {
            return true;
        }
        if (!inFlight.isEmpty() || gate.pause().isPositive()) {
            return false;
        }
        moved();
        if (!claims.anyDueFor(Duration.ZERO)) {
            return false;
        }
        Optional<SmtpFailure> failure = lines.open();
        failure.ifPresent(found -> gate.failed(found.text()));
        return failure.isEmpty();
    }

    /** Returns how many mails were claimed. */
    private int handOut(Executor workers, int most) throws InterruptedException {
        places.acquire(most);
        int handedOut = 0;
        int claimed = 0;
        try {
            for (ClaimedMail mail : claims.claim(most)) {
                claimed++;
                // One whose result cannot be written may come by again after its lease.
                handedOut += handOut(workers, mail) ? 1 : 0;
            }
        } finally {
            places.release(most - handedOut);
        }
        if (claimed == 0) {
            rest();
        }
        return claimed;
    }

    private boolean handOut(Executor workers, ClaimedMail mail) {
        UUID id = mail.mail().id();
        if (!inFlight.add(id)) {
            return false;
        }
        boolean handedOut = false;
        try {
            workers.execute(() -> work(mail));
            handedOut = true;
        } finally {
            if (!handedOut) {
                inFlight.remove(id);
            }
        }
        return true;
    }

    private void work(ClaimedMail mail) {
        boolean again = !gate.isOpen();
        try {
            again |= open ? sender.send(mail) : sender.giveBack(mail);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            pause(e);
        } finally {
            inFlight.remove(mail.mail().id());
            places.release();
            moved();
            if (again) {
                signal.wake();
            }
        }
    }

    /** There is nothing to do. */
    private void rest() {
        if (inFlight.isEmpty()) {
            moved();
        }
    }

    private void moved() {
        movedAt = System.nanoTime();
    }

    private static void pause(Throwable trouble) {
        try {
            LOG.warn("Mails wait: {}", SmtpFailure.printable(trouble), trouble instanceof Error ? trouble : null);
        } catch (Throwable again) {
            // No memory for a line either.
        }
        LockSupport.parkNanos(AFTER_TROUBLE.toNanos());
    }
}
