package dev.latchkey.database.sqlite;

import dev.latchkey.database.DatabaseFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.core.DB;

/**
 * One open database handle with the statements it has prepared, whose transactions are begun and ended by hand.
 *
 * <p>The driver stays in auto-commit mode. It would otherwise begin the next transaction (and take the write lock) with
 * each commit, and it refuses {@code setReadOnly} on an open connection, which Micronaut Data calls before every read.
 *
 * <p>Prepared statements are kept for the next time. The driver has no such cache, and without one SQLite parses and
 * plans every statement of every request again, which costs more processor time than running it.
 */
final class SqliteHandle implements AutoCloseable {
    /** The product has some fifty statements, so the bound is there for what nobody has thought of. */
    private static final int MOST_KEPT = 128;

    private static final Duration LOOKS_AGAIN = Duration.ofMillis(2);

    private final Connection driver;
    private final Map<String, PreparedStatement> idle = new HashMap<>();

    SqliteHandle(Connection driver) {
        this.driver = driver;
    }

    Connection driver() {
        return driver;
    }

    /** A statement that is nobody else's until it is {@link #keep given back}. */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        return kept == null ? driver.prepareStatement(sql) : kept;
    }

    /** Takes a statement back for the next time. */
    void keep(String sql, PreparedStatement statement) throws SQLException {
        boolean kept = false;
        try {
            statement.clearParameters();
            kept = idle.size() < MOST_KEPT && idle.putIfAbsent(sql, statement) == null;
        } finally {
            if (!kept) {
                statement.close();
            }
        }
    }

    /** Past the driver's statements, which would look after each of these whether to commit by themselves. */
    void execute(String sql) throws SQLException {
        database().exec(sql, false);
    }

    /** Undoes what is under way, if anything is: after some errors (a full disk) SQLite has done so by itself. */
    void rollback() throws SQLException {
        try {
            if (!database().isClosed()) {
                execute("ROLLBACK");
            }
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                throw e;
            }
        }
    }

    /** From now on SQLite does not wait for other processes by itself, which it does asleep inside native code. */
    void waitForNobody() throws SQLException {
        database().busy_timeout(0);
    }

    /**
     * Begins to write as soon as no other process does.
     *
     * <p>A command that writes a lot beside the server leaves the database for a moment between its steps, which is
     * missed by whoever looks as rarely as SQLite does.
     *
     * @throws SQLException when the patience ends or the thread is interrupted
     */
    void beginWriting(Duration patience) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        while (!triesToWrite(end - System.nanoTime())) {
            try {
                Thread.sleep(LOOKS_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLTransientException("Interrupted while waiting for the database", e);
            }
        }
    }

    /** False where another process writes, and there is time to wait for it. */
    private boolean triesToWrite(long nanosLeft) throws SQLException {
        try {
            execute("BEGIN IMMEDIATE");
            return true;
        } catch (SQLiteException e) {
            if (nanosLeft > 0 && DatabaseFailure.primaryCode(e) == SQLiteErrorCode.SQLITE_BUSY.code) {
                return false;
            }
            throw e;
        }
    }

    /** Empties the log as far as nobody else reads it. For the writer outside a transaction. */
    void emptyLog() throws SQLException {
        try (Statement statement = driver.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    @Override
    public void close() throws SQLException {
        driver.close();
    }

    private DB database() throws SQLException {
        return driver.unwrap(SQLiteConnection.class).getDatabase();
    }

    /** How a handle is opened. */
    @FunctionalInterface
    interface Opening {
        SqliteHandle open() throws SQLException;
    }
}
