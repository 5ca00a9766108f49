package dev.latchkey.database.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/**
 * One SQLite file that survives power loss: a handle that writes, a few that read, and one for questions about it. They
 * are opened when they are needed and closed when the last connection is.
 *
 * <p>WAL with {@code synchronous=FULL}: with NORMAL a power cut loses acknowledged commits. Threads wait in Java for
 * their turn, because SQLite's own busy handler sleeps inside native code: a few waiting virtual threads would hold
 * every carrier thread, and the one that has the lock could not run to release it.
 */
final class SqliteFile {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A query is computed, not waited for: more readers than twice the processors gain nothing and cost their cache. */
    private static final int READERS_PER_PROCESSOR = 2;

    private static final int MOST_READERS = 16;

    /** Pages kept by each reader and by the writer, in KiB; the file system's cache does the rest. */
    private static final int READER_CACHE_KIB = 4 * 1024;

    private static final int WRITER_CACHE_KIB = 8 * 1024;
    private static final int DESK_CACHE_KIB = 64;

    /** Bytes of the log that stay for the next time; it grows beyond while somebody reads for long, as backups do. */
    private static final int LOG_KEPT = 16 * 1024 * 1024;

    private final String url;
    private final SqliteReaders readers;
    private final SqliteWriter writer;
    private @Nullable SqliteHandle desk;
    private int connections;

    SqliteFile(String url) {
        this.url = url;
        int most = Math.min(
                MOST_READERS, READERS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
        readers = new SqliteReaders(() -> open(READER_CACHE_KIB), most, PATIENCE);
        writer = new SqliteWriter(() -> open(WRITER_CACHE_KIB), PATIENCE);
    }

    /** Counts a connection in. */
    synchronized void connect() throws SQLException {
        if (desk == null) {
            desk = open(DESK_CACHE_KIB);
        }
        connections++;
    }

    /** Counts a connection out. */
    synchronized void disconnect() throws SQLException {
        connections--;
        if (connections == 0) {
            readers.closeIdle();
            writer.close();
            desk().close();
            desk = null;
        }
    }

    synchronized SqliteHandle desk() throws SQLException {
        if (desk == null) {
            throw new SQLException("The connection is closed");
        }
        return desk;
    }

    SqliteWork write() throws SQLException {
        return writer.begin();
    }

    SqliteWork read() throws SQLException {
        return SqliteReading.begin(readers);
    }

    SqliteWork withoutTransaction() throws SQLException {
        return SqliteReading.withoutTransaction(readers);
    }

    /** Leaves as little in the log as readers allow. */
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
        // What is deleted is overwritten, so that nobody finds in the file what people had removed.
        config.setPragma(Pragma.SECURE_DELETE, "ON");
        SQLiteDataSource driver = new SQLiteDataSource(config);
        driver.setUrl(url);
        Connection connection = driver.getConnection();
        return new SqliteHandle(connection);
    }
}
