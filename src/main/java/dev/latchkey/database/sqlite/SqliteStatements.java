package dev.latchkey.database.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The prepared statements of one handle, kept for the next time instead of closed.
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

    /** A statement that is nobody else's until it is {@link #giveBack given back}. */
    PreparedStatement take(String sql) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        return kept == null ? driver.prepareStatement(sql) : kept;
    }

    /** Keeps a statement for the next time, unless it has failed or was changed. */
    void giveBack(String sql, PreparedStatement statement, boolean fresh) throws SQLException {
        boolean kept = false;
        try {
            if (fresh) {
                statement.clearParameters();
                kept = idle.size() < MOST_KEPT && idle.putIfAbsent(sql, statement) == null;
            }
        } finally {
            if (!kept) {
                statement.close();
            }
        }
    }
}
