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
final class SqliteStatement<S extends Statement> implements InvocationHandler {
    private final S statement;
    private final S view;
    private final Return<S> back;
    private @Nullable ResultSet rows;
    private boolean fresh = true;
    private boolean batched;
    private boolean closed;

    /**
     * Lends a statement.
     *
     * @param type what the user sees of it
     * @param back is told when the user closes it
     */
    SqliteStatement(S statement, Class<S> type, Return<S> back) {
        this.statement = statement;
        this.back = back;
        this.view =
                type.cast(Proxy.newProxyInstance(SqliteStatement.class.getClassLoader(), new Class<?>[] {type}, this));
    }

    S view() {
        return view;
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
            back.take(this, statement, fresh && !batched);
        }
    }

    /** Where a statement goes when it is closed. */
    @FunctionalInterface
    interface Return<S extends Statement> {
        /**
         * Takes a statement back.
         *
         * @param fresh whether it can be lent again
         */
        void take(SqliteStatement<S> use, S statement, boolean fresh) throws SQLException;
    }
}
