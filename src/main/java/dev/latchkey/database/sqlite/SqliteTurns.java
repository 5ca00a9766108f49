package dev.latchkey.database.sqlite;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One at a time, in the order of asking.
 *
 * <p>The turn goes straight from hand to hand: whoever passes it on knows that somebody has it, which a semaphore cannot
 * tell, since the one in its queue may be giving up at that moment.
 */
final class SqliteTurns {
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Place> queue = new ArrayDeque<>();
    private boolean taken;

    /**
     * Waits for the turn.
     *
     * @throws SQLTransientException when the patience ends or the thread is interrupted; the turn is not taken then
     */
    void take(Duration patience) throws SQLException {
        lock.lock();
        try {
            if (!taken) {
                taken = true;
                return;
            }
            Place mine = new Place(lock.newCondition());
            queue.add(mine);
            boolean mineNow = false;
            try {
                await(mine, patience);
                mineNow = true;
            } finally {
                if (!mineNow) {
                    leave(mine);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives the turn to whoever has waited longest; false where nobody waits, and then it is still the caller's. */
    boolean passOn() {
        lock.lock();
        try {
            Place next = queue.poll();
            if (next == null) {
                return false;
            }
            next.reached = true;
            next.signal.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the turn away, to somebody or to nobody. */
    void end() {
        lock.lock();
        try {
            if (!passOn()) {
                taken = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private void await(Place mine, Duration patience) throws SQLException {
        long left = patience.toNanos();
        try {
            while (!mine.reached && left > 0) {
                left = mine.signal.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (!mine.reached) {
                throw new SQLTransientException("Interrupted while waiting for the database", e);
            }
        }
        if (!mine.reached) {
            throw new SQLTransientException("The database is locked: another writer did not finish in time");
        }
    }

    /** Nobody may pass the turn to somebody who is gone. */
    private void leave(Place place) {
        if (place.reached) {
            end();
        } else {
            queue.remove(place);
        }
    }

    /** A place in the queue. */
    private static final class Place {
        final Condition signal;
        boolean reached;

        Place(Condition signal) {
            this.signal = signal;
        }
    }
}
