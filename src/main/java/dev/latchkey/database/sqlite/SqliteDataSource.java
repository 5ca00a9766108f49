package dev.latchkey.database.sqlite;

import dev.latchkey.database.PooledDataSource;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections to one SQLite file, as the connection pool wants them. */
public final class SqliteDataSource extends PooledDataSource {
    private final SqliteFile file;

    public SqliteDataSource(String url) {
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
}
