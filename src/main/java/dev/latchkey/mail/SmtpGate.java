package dev.latchkey.mail;

import dev.latchkey.config.MailSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who may open a connection to the mail server: everybody while it answers; one worker of this process now and
 * then, after growing pauses, while it does not. No mail is claimed for a connection that is not there.
 */
@Singleton
class SmtpGate {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpGate.class);

    /** People wait in front of their inbox, so a server that is back should be noticed soon. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Backoff backoff;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int failures;
    private long opensAt;
    private boolean probing;

    SmtpGate(Backoff backoff, MailSettings settings) {
        Duration most = settings.mailRetryMost();
        this.backoff = backoff.atMost(most.compareTo(LONGEST_PAUSE) < 0 ? most : LONGEST_PAUSE);
    }

    /** Whether the server answered when it was asked last. */
    boolean isOpen() {
        lock.lock();
        try {
            return failures == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the caller may connect now; it must then say {@link #opened} or {@link #failed}. */
    boolean tryPass() {
        lock.lock();
        try {
            if (failures == 0) {
                return true;
            }
            if (probing || System.nanoTime() - opensAt < 0) {
                return false;
            }
            probing = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is worth to ask again, at most so long. */
    void await(Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (left > 0 && failures > 0 && (probing || System.nanoTime() - opensAt < 0)) {
                long pause = probing ? left : Math.min(left, opensAt - System.nanoTime());
                left -= pause - changed.awaitNanos(pause);
            }
        } finally {
            lock.unlock();
        }
    }

    void opened() {
        lock.lock();
        try {
            if (failures > 0) {
                LOG.info("The mail server answers again");
            }
            failures = 0;
            probing = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void failed(String error) {
        lock.lock();
        try {
            failures++;
            probing = false;
            Duration pause = backoff.after(failures);
            opensAt = System.nanoTime() + pause.toNanos();
            LOG.warn("The mail server cannot be used, next try in {} s: {}", pause.toMillis() / 1000.0, error);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
