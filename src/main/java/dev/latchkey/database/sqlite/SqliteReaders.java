package dev.latchkey.database.sqlite;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The handles that read. Few, because each of them occupies a processor while it is in use, and because a large page
 * cache serves better than many small ones; the one used last comes first, since its cache is warm.
 */
public final class SqliteReaders {
    private final Opening opening;
    private final Duration patience;
    private final Semaphore permits;
    private final Deque<SqliteHandle> idle = new ConcurrentLinkedDeque<>();

    public SqliteReaders(Opening opening, int most, Duration patience) {
        this.opening = opening;
        this.patience = patience;
        this.permits = new Semaphore(most, true);
    }

    /** A handle that is nobody else's until it is given back. */
    SqliteHandle take() throws SQLException {
        try {
            if (!permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientException("The database is busy: no reader was free in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientException("Interrupted while waiting for the database", e);
        }
        boolean taken = false;
        try {
            SqliteHandle kept = idle.poll();
            SqliteHandle handle = kept == null ? opening.open() : kept;
            taken = true;
            return handle;
        } finally {
            // Whatever went wrong, memory that ran out included: a permit that is lost here is lost until the next
            // start.
            if (!taken) {
                permits.release();
            }
        }
    }

    /** Takes back a handle on which nothing is under way. */
    void giveBack(SqliteHandle handle) {
        try {
            idle.push(handle);
        } finally {
            permits.release();
        }
    }

    /** Forgets a handle that has failed. */
    void discard(SqliteHandle handle) throws SQLException {
        try {
            handle.close();
        } finally {
            permits.release();
        }
    }

    /** Closes what nobody uses; it will be opened again when somebody reads. */
    public void closeIdle() throws SQLException {
        for (SqliteHandle handle = idle.poll(); handle != null; handle = idle.poll()) {
            handle.close();
        }
    }

    /** How a handle is opened. */
    @FunctionalInterface
    public interface Opening {
        SqliteHandle open() throws SQLException;
    }
}
