package dev.latchkey.database.sqlite;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One at a time, in the order of asking.
 *
 * <p>The turn goes straight from hand to hand: whoever passes it on knows that somebody has it, which a semaphore cannot
 * tell, since the one in its queue may be giving up at that moment. A place is completed once: by whoever passes the
 * turn on to it, or by the one who leaves it.
 */
final class SqliteTurns {
    private final Deque<CompletableFuture<Void>> queue = new ArrayDeque<>();
    private boolean taken;

    /**
     * Waits for the turn.
     *
     * @throws SQLTransientException when the patience ends or the thread is interrupted; the turn is not taken then
     */
    void take(Duration patience) throws SQLException {
        CompletableFuture<Void> mine;
        synchronized (this) {
            if (!taken) {
                taken = true;
                return;
            }
            mine = new CompletableFuture<>();
            queue.add(mine);
        }
        try {
            mine.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            leave(mine, "The database is locked: another writer did not finish in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave(mine, "Interrupted while waiting for the database", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A turn does not fail", e);
        } catch (Error e) {
            // Memory that ran out while waiting.
            if (!mine.complete(null)) {
                end();
            }
            throw e;
        }
    }

    /** Where the turn came at the last moment, it is taken all the same. */
    private void leave(CompletableFuture<Void> mine, String why, Exception cause) throws SQLException {
        if (mine.complete(null)) {
            synchronized (this) {
                queue.removeIf(CompletableFuture::isDone);
            }
            throw new SQLTransientException(why, cause);
        }
    }

    /** Gives the turn to whoever has waited longest; false where nobody waits, and then it is still the caller's. */
    synchronized boolean passOn() {
        CompletableFuture<Void> next = queue.poll();
        while (next != null && !next.complete(null)) {
            next = queue.poll();
        }
        return next != null;
    }

    /** Gives the turn away, to somebody or to nobody. */
    synchronized void end() {
        if (!passOn()) {
            taken = false;
        }
    }
}
