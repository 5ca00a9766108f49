package dev.latchkey.database.sqlite;

import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteDataSource;

/**
 * Connections to one SQLite file that survives power loss: a handle that writes, a few that read, and one for questions
 * about it. They are opened when they are needed and closed when the last connection is.
 *
 * <p>WAL with {@code synchronous=FULL}: with NORMAL a power cut loses acknowledged commits. Threads wait in Java for
 * their turn, because SQLite's own busy handler sleeps inside native code: a few waiting virtual threads would hold
 * every carrier thread, and the one that has the lock could not run to release it.
 */
public final class SqliteDataSource extends DelegatingDataSource {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A query is computed, not waited for: more readers than twice the processors gain nothing and cost their cache. */
    private static final int READERS_PER_PROCESSOR = 2;

    private static final int MOST_READERS = 16;

    /** Pages kept by each reader and by the writer, in KiB; the file system's cache does the rest. */
    private static final int READER_CACHE_KIB = 4 * 1024;

    private static final int WRITER_CACHE_KIB = 8 * 1024;
    private static final int METADATA_CACHE_KIB = 64;

    /** Bytes of the log that stay for the next time; it grows beyond while somebody reads for long, as backups do. */
    private static final int LOG_KEPT = 16 * 1024 * 1024;

    private final String url;
    private final SqliteReaders readers;
    private final SqliteWriter writer;
    private @Nullable SqliteHandle metadata;
    private int connections;

    public SqliteDataSource(String url) {
        // It answers what a pool asks besides connections.
        super(new SQLiteDataSource());
        this.url = url;
        int most = Math.min(
                MOST_READERS, READERS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
        readers = new SqliteReaders(() -> open(READER_CACHE_KIB), most, PATIENCE);
        writer = new SqliteWriter(() -> open(WRITER_CACHE_KIB), PATIENCE);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = (Connection) Proxy.newProxyInstance(
                SqliteDataSource.class.getClassLoader(), new Class<?>[] {Connection.class}, new SqliteConnection(this));
        // Last, so that no connection is counted that nobody will close.
        connect();
        return connection;
    }

    /** The pool hands over what is configured; a file knows no users. */
    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    private synchronized void connect() throws SQLException {
        if (metadata == null) {
            metadata = open(METADATA_CACHE_KIB);
        }
        connections++;
    }

    /** Counts a connection out. */
    synchronized void disconnect() throws SQLException {
        connections--;
        if (connections == 0) {
            readers.closeIdle();
            writer.close();
            metadataHandle().close();
            metadata = null;
        }
    }

    synchronized SqliteHandle metadataHandle() throws SQLException {
        if (metadata == null) {
            throw new SQLException("The connection is closed");
        }
        return metadata;
    }

    SqliteWork write() throws SQLException {
        return writer.begin();
    }

    SqliteWork read() throws SQLException {
        return readers.begin();
    }

    SqliteWork withoutTransaction() throws SQLException {
        return readers.withoutTransaction();
    }

    /** As {@link SqliteWriter#emptyLog}. */
    void emptyLog() throws SQLException {
        writer.emptyLog();
    }

    private SqliteHandle open(int cacheKib) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout((int) PATIENCE.toMillis());
        config.enforceForeignKeys(true);
        config.setCacheSize(-cacheKib);
        config.setJournalSizeLimit(LOG_KEPT);
        // The pages that a savepoint could put back lay in a file outside of the data directory, written and removed
        // each time.
        config.setTempStore(TempStore.MEMORY);
        // What is deleted is overwritten, so that nobody finds in the file what people had removed.
        config.setPragma(Pragma.SECURE_DELETE, "ON");
        SQLiteDataSource driver = new SQLiteDataSource(config);
        driver.setUrl(url);
        return new SqliteHandle(driver.getConnection());
    }
}
