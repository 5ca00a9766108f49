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
 *
 * <p>Whatever goes wrong, memory that ran out included, gives its permit back: one that is lost is lost until the next
 * start.
 */
final class SqliteReaders {
    private final SqliteHandle.Opening opening;
    private final Duration patience;
    private final Semaphore permits;
    private final Deque<SqliteHandle> idle = new ConcurrentLinkedDeque<>();

    SqliteReaders(SqliteHandle.Opening opening, int most, Duration patience) {
        this.opening = opening;
        this.patience = patience;
        this.permits = new Semaphore(most, true);
    }

    /** Waits for a reader and begins a transaction, which sees one state of the database. */
    SqliteWork begin() throws SQLException {
        Reading reading = new Reading(take(), true);
        boolean begun = false;
        try {
            reading.handle.execute("BEGIN");
            begun = true;
            return reading;
        } finally {
            if (!begun) {
                discard(reading.handle);
            }
        }
    }

    /** Waits for a reader, for statements without a transaction. */
    SqliteWork withoutTransaction() throws SQLException {
        return new Reading(take(), false);
    }

    /** Closes what nobody uses; it will be opened again when somebody reads. */
    void closeIdle() throws SQLException {
        for (SqliteHandle handle = idle.poll(); handle != null; handle = idle.poll()) {
            handle.close();
        }
    }

    private SqliteHandle take() throws SQLException {
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
            if (!taken) {
                permits.release();
            }
        }
    }

    private void giveBack(SqliteHandle handle) {
        try {
            idle.push(handle);
        } finally {
            permits.release();
        }
    }

    private void discard(SqliteHandle handle) throws SQLException {
        try {
            handle.close();
        } finally {
            permits.release();
        }
    }

    /** A reader on loan. */
    private final class Reading implements SqliteWork {
        private final SqliteHandle handle;
        private final boolean transaction;

        Reading(SqliteHandle handle, boolean transaction) {
            this.handle = handle;
            this.transaction = transaction;
        }

        @Override
        public SqliteHandle handle() {
            return handle;
        }

        @Override
        public void commit() throws SQLException {
            end("COMMIT");
        }

        @Override
        public void rollback() throws SQLException {
            end("ROLLBACK");
        }

        private void end(String how) throws SQLException {
            boolean ended = false;
            try {
                if (transaction) {
                    handle.execute(how);
                }
                ended = true;
            } finally {
                if (ended) {
                    giveBack(handle);
                } else {
                    discard(handle);
                }
            }
        }
    }
}
