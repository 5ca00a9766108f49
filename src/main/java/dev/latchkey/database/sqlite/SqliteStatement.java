package dev.latchkey.database.sqlite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** One use of a statement, from the moment it is lent to its close. */
final class SqliteStatement implements InvocationHandler {
    private final Statement statement;
    private final Return back;
    private @Nullable ResultSet rows;
    private boolean fresh = true;
    private boolean batched;
    private boolean closed;

    /** @param back is told when the user closes it */
    SqliteStatement(Statement statement, Return back) {
        this.statement = statement;
        this.back = back;
    }

    /** What the user sees of it. */
    <S extends Statement> S as(Class<S> type) {
        return type.cast(Proxy.newProxyInstance(SqliteStatement.class.getClassLoader(), new Class<?>[] {type}, this));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "close" -> {
                close();
                return null;
            }
            case "isClosed" -> {
                return closed || statement.isClosed();
            }
            // A limit or a time-out would still be there for the next user.
            case "setMaxRows", "setLargeMaxRows", "setMaxFieldSize", "setQueryTimeout", "setFetchSize" -> fresh = false;
            // Rows that nobody executes would be written with the next user's.
            case "addBatch" -> batched = true;
            case "executeBatch", "clearBatch" -> batched = false;
            default -> {
                // Parameters and results leave nothing behind.
            }
        }
        if (closed) {
            throw new SQLException("The statement is closed");
        }
        try {
            Object result = method.invoke(statement, arguments);
            if (result instanceof ResultSet found) {
                rows = found;
            }
            return result;
        } catch (InvocationTargetException e) {
            fresh = false;
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (rows != null) {
                // An open result would keep its read transaction open, too.
                rows.close();
            }
        } finally {
            back.take(this, fresh && !batched);
        }
    }

    /** Where a statement goes when it is closed. */
    @FunctionalInterface
    interface Return {
        /**
         * Takes it back.
         *
         * @param fresh whether it can be lent again
         */
        void take(SqliteStatement use, boolean fresh) throws SQLException;
    }
}
