package dev.latchkey.config;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.DB;

/**
 * One connection whose transactions are begun by hand.
 *
 * <p>The driver itself stays in auto-commit mode. It would otherwise begin the next transaction (and take the write
 * lock) with each commit, and it refuses {@code setReadOnly} on an open connection, which Micronaut Data calls before
 * every read. A transaction begins with its first statement: IMMEDIATE and behind the writer gate, or DEFERRED when it
 * only reads. A commit that fails is rolled back here and now, so that the gate can never stay closed.
 */
final class SqliteConnection implements InvocationHandler {
    private final Connection driver;
    private final SqliteStatements statements;
    private final Semaphore writerGate;
    private boolean autoCommit = true;
    private boolean readOnly;
    private boolean active;
    private boolean holdsGate;

    SqliteConnection(Connection driver, Semaphore writerGate) {
        this.driver = driver;
        this.statements = new SqliteStatements(driver);
        this.writerGate = writerGate;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "setReadOnly" -> readOnly = (boolean) first(arguments);
            case "isReadOnly" -> {
                return readOnly;
            }
            case "setAutoCommit" -> setAutoCommit((boolean) first(arguments));
            case "getAutoCommit" -> {
                return autoCommit;
            }
            case "commit" -> commit();
            case "rollback" -> {
                if (arguments != null) {
                    return delegate(method, arguments);
                }
                rollback();
            }
            case "close" -> close();
            case "prepareStatement" -> {
                begin();
                // What else could be asked for, such as generated keys, the driver ignores.
                return statements.prepare((String) first(arguments));
            }
            case "createStatement" -> {
                begin();
                return delegate(method, arguments);
            }
            default -> {
                return delegate(method, arguments);
            }
        }
        return null;
    }

    private static Object first(Object @Nullable [] arguments) {
        if (arguments == null) {
            throw new IllegalArgumentException("An argument is missing");
        }
        return arguments[0];
    }

    private @Nullable Object delegate(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(driver, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private void setAutoCommit(boolean wanted) throws SQLException {
        if (wanted) {
            commit();
        }
        autoCommit = wanted;
    }

    private void begin() throws SQLException {
        if (autoCommit || active) {
            return;
        }
        if (readOnly) {
            execute("BEGIN");
            active = true;
            return;
        }
        passGate();
        try {
            execute("BEGIN IMMEDIATE");
            active = true;
        } finally {
            if (!active) {
                leaveGate();
            }
        }
    }

    private void commit() throws SQLException {
        if (!active) {
            return;
        }
        try {
            execute("COMMIT");
            active = false;
            leaveGate();
        } finally {
            if (active) {
                rollback();
            }
        }
    }

    private void rollback() throws SQLException {
        if (!active) {
            return;
        }
        active = false;
        try {
            // After some errors (a full disk) SQLite has rolled back by itself and would refuse a second time.
            if (!database().isClosed()) {
                execute("ROLLBACK");
            }
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                throw e;
            }
        } finally {
            leaveGate();
        }
    }

    private void close() throws SQLException {
        try {
            rollback();
        } finally {
            driver.close();
        }
    }

    /** Past the driver's statements, which would look after each of these whether to commit by themselves. */
    private void execute(String sql) throws SQLException {
        database().exec(sql, false);
    }

    private DB database() throws SQLException {
        return driver.unwrap(SQLiteConnection.class).getDatabase();
    }

    private void passGate() throws SQLException {
        try {
            if (!writerGate.tryAcquire(SqliteDataSource.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientException("The database is locked: another writer did not finish in time");
            }
            holdsGate = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientException("Interrupted while waiting for the database", e);
        }
    }

    private void leaveGate() {
        if (holdsGate) {
            holdsGate = false;
            writerGate.release();
        }
    }
}
