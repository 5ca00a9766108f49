package dev.latchkey.database.sqlite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One connection as its users see it. It owns no handle: it borrows the writer or a reader with the first statement of
 * a transaction and gives it back at the end, so that many may wait while few work.
 */
final class SqliteConnection implements InvocationHandler {
    /** Anything else waits for its turn to write; SQLite itself would wait inside native code. */
    private static final Pattern READS =
            Pattern.compile("\\s*(SELECT|WITH|VALUES|EXPLAIN|PRAGMA)\\b", Pattern.CASE_INSENSITIVE);

    private final SqliteDataSource file;
    private final List<SqliteStatement> open = new ArrayList<>();
    private boolean autoCommit = true;
    private boolean readOnly;
    private boolean closed;
    private @Nullable SqliteWork work;

    SqliteConnection(SqliteDataSource file) {
        this.file = file;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        Object[] arguments = given == null ? new Object[0] : given;
        switch (method.getName()) {
            case "prepareStatement" -> {
                // What else could be asked for, such as generated keys, the driver ignores.
                return prepare((String) arguments[0]);
            }
            case "createStatement" -> {
                return create();
            }
            case "commit" -> commit();
            case "rollback" -> {
                if (arguments.length > 0) {
                    throw savepoint();
                }
                rollback();
            }
            case "setSavepoint", "releaseSavepoint" -> throw savepoint();
            case "setReadOnly" -> readOnly = (boolean) arguments[0];
            case "isReadOnly" -> {
                return readOnly;
            }
            case "setAutoCommit" -> setAutoCommit((boolean) arguments[0]);
            case "getAutoCommit" -> {
                return autoCommit;
            }
            case "close", "abort" -> close();
            case "isClosed" -> {
                return closed;
            }
            case "clearWarnings" -> {
                // SQLite gives none.
            }
            default -> {
                return about(method, arguments);
            }
        }
        return null;
    }

    private static SQLException savepoint() {
        return new SQLFeatureNotSupportedException("Savepoints are the writer's own");
    }

    /** Questions about the database, which any handle can answer. */
    private @Nullable Object about(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(file.metadataHandle().driver(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        boolean lent = false;
        try {
            SqliteHandle handle = borrow(READS.matcher(sql).lookingAt());
            PreparedStatement prepared = handle.prepare(sql);
            PreparedStatement statement = lend(prepared, PreparedStatement.class, (use, fresh) -> {
                if (fresh) {
                    handle.keep(sql, prepared);
                } else {
                    prepared.close();
                }
            });
            lent = true;
            return statement;
        } finally {
            endIfIdle(lent);
        }
    }

    private Statement create() throws SQLException {
        boolean lent = false;
        try {
            Statement created = borrow(true).driver().createStatement();
            Statement statement = lend(created, Statement.class, (use, fresh) -> created.close());
            lent = true;
            return statement;
        } finally {
            endIfIdle(lent);
        }
    }

    private <S extends Statement> S lend(S statement, Class<S> type, SqliteStatement.Return back) {
        SqliteStatement use = new SqliteStatement(statement, (closing, fresh) -> {
            open.remove(closing);
            boolean taken = false;
            try {
                back.take(closing, fresh);
                taken = true;
            } finally {
                endIfIdle(taken);
            }
        });
        S view = use.as(type);
        open.add(use);
        return view;
    }

    /**
     * Outside a transaction, what was borrowed goes back with the last statement, or with the failure to get a first one:
     * the pool keeps the connection, and nobody else would end it.
     */
    private void endIfIdle(boolean well) throws SQLException {
        if (!autoCommit || !open.isEmpty()) {
            return;
        }
        if (well) {
            commit();
        } else {
            rollback();
        }
    }

    /** Outside a transaction, what a statement does decides: one that writes is a transaction of its own. */
    private SqliteHandle borrow(boolean reads) throws SQLException {
        if (closed) {
            throw new SQLException("The connection is closed");
        }
        SqliteWork current = work;
        if (current == null) {
            if (autoCommit) {
                current = reads ? file.withoutTransaction() : file.write();
            } else {
                current = readOnly ? file.read() : file.write();
            }
            work = current;
        }
        return current.handle();
    }

    private void setAutoCommit(boolean wanted) throws SQLException {
        if (wanted != autoCommit) {
            commit();
        }
        autoCommit = wanted;
    }

    private void commit() throws SQLException {
        SqliteWork ending = leave();
        if (ending == null) {
            return;
        }
        boolean ready = false;
        try {
            closeStatements();
            ready = true;
        } finally {
            if (!ready) {
                ending.rollback();
            }
        }
        ending.commit();
    }

    private void rollback() throws SQLException {
        SqliteWork ending = leave();
        if (ending == null) {
            return;
        }
        try {
            closeStatements();
        } finally {
            ending.rollback();
        }
    }

    private @Nullable SqliteWork leave() {
        SqliteWork ending = work;
        work = null;
        return ending;
    }

    /** The next user of the handle must not find them there. */
    private void closeStatements() throws SQLException {
        for (SqliteStatement statement : List.copyOf(open)) {
            statement.close();
        }
    }

    private void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            rollback();
        } finally {
            file.disconnect();
        }
    }
}
