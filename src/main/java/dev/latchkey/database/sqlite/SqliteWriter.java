package dev.latchkey.database.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one handle that writes, and the order in which transactions come to it.
 *
 * <p>A commit is the dear part of a short transaction: changed pages go to the log and the log to the disk. Where others
 * wait for their turn, a transaction that is through passes the turn on with its changes uncommitted, and the last of the
 * queue commits for all ("group commit"). Nobody hears of success before that commit, nor of what they have seen of
 * earlier members of the same batch, so that the batch is one transaction to the disk and many, one after the other, to
 * everybody else. Each member has a savepoint: undoing it undoes nothing of the others.
 */
final class SqliteWriter {
    /** Bounds what a failing commit takes with it, and how long the first member waits. */
    private static final int MOST_MEMBERS = 64;

    private final SqliteHandle.Opening opening;
    private final Duration patience;
    private final SqliteTurns turns = new SqliteTurns();

    /** These two belong to whoever has the turn. */
    private @Nullable SqliteHandle handle;

    private @Nullable SqliteBatch batch;

    SqliteWriter(SqliteHandle.Opening opening, Duration patience) {
        this.opening = opening;
        this.patience = patience;
    }

    /** Waits for the turn and begins a transaction. */
    SqliteWork begin() throws SQLException {
        turns.take(patience);
        try {
            SqliteHandle opened = opened();
            SqliteBatch joined = batch;
            boolean savepoint = joined != null;
            if (joined == null) {
                opened.beginWriting(patience);
                joined = new SqliteBatch();
                batch = joined;
            } else {
                opened.execute("SAVEPOINT member");
            }
            return new Member(opened, joined, savepoint);
        } catch (SQLException | RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    private SqliteHandle opened() throws SQLException {
        SqliteHandle present = handle;
        if (present == null) {
            present = opening.open();
            handle = present;
            present.waitForNobody();
        }
        return present;
    }

    /**
     * Moves everything from the log into the database file and empties the log. As far as somebody still reads what is in
     * the log, it stays for the next time; nobody is waited for.
     */
    void emptyLog() throws SQLException {
        turns.take(patience);
        try {
            opened().emptyLog();
        } finally {
            turns.end();
        }
    }

    /** Closes the handle; it will be opened again when somebody writes. */
    void close() throws SQLException {
        turns.take(patience);
        try {
            if (handle != null) {
                handle.close();
                handle = null;
            }
        } finally {
            turns.end();
        }
    }

    /** Lets the next one go on in this batch, or ends it. */
    private void passOn(SqliteHandle handle, SqliteBatch joined) {
        if (joined.members() < MOST_MEMBERS && turns.passOn()) {
            return;
        }
        try {
            handle.execute("COMMIT");
        } catch (SQLException | RuntimeException | Error e) {
            fail(e);
            return;
        }
        batch = null;
        try {
            turns.end();
        } finally {
            joined.end(null);
        }
    }

    /**
     * Undoes the whole batch, because nobody knows what is left of it. Whatever went wrong, memory that ran out
     * included, the turn goes on: else nobody could write until the process is started anew.
     */
    private void fail(Throwable cause) {
        SqliteBatch failed = batch;
        batch = null;
        try {
            undo(cause);
        } finally {
            turns.end();
            if (failed != null) {
                failed.end(cause);
            }
        }
    }

    private void undo(Throwable cause) {
        SqliteHandle broken = handle;
        if (broken == null) {
            return;
        }
        try {
            broken.rollback();
        } catch (SQLException | RuntimeException | Error e) {
            handle = null;
            cause.addSuppressed(e);
            close(broken, cause);
        }
    }

    private static void close(SqliteHandle handle, Throwable cause) {
        try {
            handle.close();
        } catch (SQLException | RuntimeException | Error e) {
            cause.addSuppressed(e);
        }
    }

    /** One transaction of a batch. */
    private final class Member implements SqliteWork {
        private final SqliteHandle handle;
        private final SqliteBatch joined;
        private final boolean savepoint;

        Member(SqliteHandle handle, SqliteBatch joined, boolean savepoint) {
            this.handle = handle;
            this.joined = joined;
            this.savepoint = savepoint;
        }

        @Override
        public SqliteHandle handle() {
            return handle;
        }

        @Override
        public void commit() throws SQLException {
            if (savepoint) {
                try {
                    handle.execute("RELEASE member");
                } catch (SQLException | RuntimeException | Error e) {
                    fail(e);
                    throw e;
                }
            }
            joined.add();
            passOn(handle, joined);
            joined.await();
        }

        @Override
        public void rollback() throws SQLException {
            if (!savepoint) {
                rollbackAlone();
                return;
            }
            try {
                handle.execute("ROLLBACK TO member; RELEASE member");
            } catch (SQLException | RuntimeException | Error e) {
                // A statement of this member failed so badly that SQLite has undone the whole batch by itself.
                fail(e);
                return;
            }
            passOn(handle, joined);
            joined.await();
        }

        private void rollbackAlone() throws SQLException {
            try {
                handle.rollback();
            } catch (SQLException | RuntimeException | Error e) {
                fail(e);
                throw e;
            }
            batch = null;
            turns.end();
        }
    }
}
