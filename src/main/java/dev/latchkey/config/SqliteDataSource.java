package dev.latchkey.config;

import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/**
 * Connections to one SQLite file that survive power loss and queue for the single writer in an orderly way.
 *
 * <p>WAL with {@code synchronous=FULL}: with NORMAL a power cut loses acknowledged commits. Writing transactions pass a
 * fair gate before they begin, because SQLite's own busy handler sleeps inside native code: a few waiting virtual
 * threads would hold every carrier thread, and the one that has the lock could not run to release it.
 */
final class SqliteDataSource implements DataSource {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Pages kept by each connection, in KiB; the file system's cache does the rest. */
    private static final int CACHE_KIB = 1024;

    private final SQLiteDataSource driver;
    private final Semaphore writerGate = new Semaphore(1, true);

    SqliteDataSource(String url) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout((int) PATIENCE.toMillis());
        config.enforceForeignKeys(true);
        config.setCacheSize(-CACHE_KIB);
        driver = new SQLiteDataSource(config);
        driver.setUrl(url);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return (Connection) Proxy.newProxyInstance(
                SqliteDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new SqliteConnection(driver.getConnection(), writerGate));
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
