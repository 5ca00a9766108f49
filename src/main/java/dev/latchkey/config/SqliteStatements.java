package dev.latchkey.config;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prepared statements of one connection, kept for the next time instead of closed.
 *
 * <p>The driver has no such cache, and without one SQLite parses and plans every statement of every request again,
 * which costs more processor time than running it. The product has some fifty statements, so the bound is there for
 * what nobody has thought of.
 */
final class SqliteStatements {
    private static final int MOST_KEPT = 128;

    private final Connection driver;
    private final Map<String, PreparedStatement> idle = new HashMap<>();

    SqliteStatements(Connection driver) {
        this.driver = driver;
    }

    /** A statement that is nobody else's until it is closed. */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept == null ? driver.prepareStatement(sql) : kept;
        return (PreparedStatement) Proxy.newProxyInstance(
                SqliteStatements.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                new Borrowed(sql, statement));
    }

    private void giveBack(String sql, PreparedStatement statement) throws SQLException {
        statement.clearParameters();
        if (idle.size() >= MOST_KEPT || idle.putIfAbsent(sql, statement) != null) {
            statement.close();
        }
    }

    /** One use of a statement, from {@link #prepare} to its close. */
    private final class Borrowed implements InvocationHandler {
        private final String sql;
        private final PreparedStatement statement;
        private @Nullable ResultSet rows;
        private boolean fresh = true;
        private boolean closed;

        Borrowed(String sql, PreparedStatement statement) {
            this.sql = sql;
            this.statement = statement;
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
                case "setMaxRows", "setLargeMaxRows", "setMaxFieldSize", "setQueryTimeout", "setFetchSize" ->
                    fresh = false;
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

        private void close() throws SQLException {
            if (closed) {
                return;
            }
            closed = true;
            if (rows != null) {
                // An open result would keep its read transaction open, too.
                rows.close();
            }
            if (fresh) {
                giveBack(sql, statement);
            } else {
                statement.close();
            }
        }
    }
}
