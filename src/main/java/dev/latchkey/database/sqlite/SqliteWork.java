package dev.latchkey.database.sqlite;

import java.sql.SQLException;

/** What a connection has under way on a handle. Ends once, by one of its two ends, whether that succeeds or fails. */
interface SqliteWork {
    SqliteHandle handle();

    /** Makes it last. Where that fails, it is undone. */
    void commit() throws SQLException;

    void rollback() throws SQLException;
}
