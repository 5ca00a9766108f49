package dev.latchkey.database.sqlite;

import java.sql.SQLException;

/** A reader on loan: for one transaction, which sees one state of the database, or for statements without one. */
public final class SqliteReading implements SqliteWork {
    private final SqliteReaders readers;
    private final SqliteHandle handle;
    private final boolean transaction;

    private SqliteReading(SqliteReaders readers, SqliteHandle handle, boolean transaction) {
        this.readers = readers;
        this.handle = handle;
        this.transaction = transaction;
    }

    public static SqliteReading begin(SqliteReaders readers) throws SQLException {
        SqliteReading reading = new SqliteReading(readers, readers.take(), true);
        boolean begun = false;
        try {
            reading.handle.execute("BEGIN");
            begun = true;
            return reading;
        } finally {
            if (!begun) {
                readers.discard(reading.handle);
            }
        }
    }

    static SqliteReading withoutTransaction(SqliteReaders readers) throws SQLException {
        return new SqliteReading(readers, readers.take(), false);
    }

    @Override
    public SqliteHandle handle() {
        return handle;
    }

    @Override
    public void commit() throws SQLException {
        end("COMMIT");
    }

    @Override
    public void rollback() throws SQLException {
        end("ROLLBACK");
    }

    private void end(String how) throws SQLException {
        boolean ended = false;
        try {
            if (transaction) {
                handle.execute(how);
            }
            ended = true;
        } finally {
            if (ended) {
                readers.giveBack(handle);
            } else {
                readers.discard(handle);
            }
        }
    }
}
