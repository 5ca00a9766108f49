package dev.latchkey.config;

import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections to one SQLite file, as the connection pool wants them. */
final class SqliteDataSource implements DataSource {
    private final SqliteFile file;

    SqliteDataSource(String url) {
        this.file = new SqliteFile(url);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = (Connection) Proxy.newProxyInstance(
                SqliteDataSource.class.getClassLoader(), new Class<?>[] {Connection.class}, new SqliteConnection(file));
        // Last, so that no connection is counted that nobody will close.
        file.connect();
        return connection;
    }

    /** As {@link SqliteFile#emptyLog}. */
    void emptyLog() throws SQLException {
        file.emptyLog();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // The driver logs through SLF4J.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // Opening a file does not wait.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("Not a wrapper for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
