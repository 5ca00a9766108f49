package dev.latchkey.database.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConnection;
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

    /**
     * Empties the log as far as nobody else reads it, without waiting: SQLite would do that inside native code. For the
     * writer outside a transaction.
     */
    void emptyLog() throws SQLException {
        DB database = database();
        int patience = driver.unwrap(SQLiteConnection.class).getBusyTimeout();
        database.busy_timeout(0);
        try (Statement statement = driver.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } finally {
            database.busy_timeout(patience);
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
