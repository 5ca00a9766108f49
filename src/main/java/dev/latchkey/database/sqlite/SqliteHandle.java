package dev.latchkey.database.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.DB;

/**
 * One open database handle with the statements it has prepared, whose transactions are begun and ended by hand.
 *
 * <p>The driver stays in auto-commit mode. It would otherwise begin the next transaction (and take the write lock) with
 * each commit, and it refuses {@code setReadOnly} on an open connection, which Micronaut Data calls before every read.
 */
public final class SqliteHandle implements AutoCloseable {
    private final Connection driver;
    private final SqliteStatements statements;

    public SqliteHandle(Connection driver) {
        this.driver = driver;
        this.statements = new SqliteStatements(driver);
    }

    Connection driver() {
        return driver;
    }

    SqliteStatements statements() {
        return statements;
    }

    /** Past the driver's statements, which would look after each of these whether to commit by themselves. */
    public void execute(String sql) throws SQLException {
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
}
