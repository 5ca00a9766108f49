package dev.latchkey.devinbox.delivery;

import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes those that wait for a mail when one comes in. */
@Singleton
@Requires(env = "dev")
public final class Arrivals {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private long number;
    private boolean over;

    /** How many have come in so far; read before one looks at what is there, so that nothing comes in unnoticed. */
    public long number() {
        lock.lock();
        try {
            return number;
        } finally {
            lock.unlock();
        }
    }

    void announce() {
        lock.lock();
        try {
            number++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when more than that number have come in.
     *
     * @param end by {@link System#nanoTime}
     * @return false where the time is over first, or the server ends
     */
    public boolean awaitMoreThan(long seen, long end) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (number == seen && !over) {
                if (news.awaitNanos(end - System.nanoTime()) <= 0) {
                    return false;
                }
            }
            return !over;
        } finally {
            lock.unlock();
        }
    }

    /** How many wait at the moment. */
    public int waiting() {
        lock.lock();
        try {
            return lock.getWaitQueueLength(news);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits beyond the end of the server. */
    @PreDestroy
    void close() {
        lock.lock();
        try {
            over = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
