package dev.latchkey.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Finds out whether a pooler such as PgBouncer stands before PostgreSQL. In transaction mode each transaction may run on
 * another connection of the server, where a statement that was prepared by name does not exist, or another one does.
 */
final class PostgresPooler {
    private PostgresPooler() {}

    /**
     * Whether somebody else answers for the server: the number of the serving process that is told when a connection
     * begins is then not the one that the server itself tells.
     *
     * @return false as well where nobody answers; whoever connects next says what is wrong
     */
    static boolean isBefore(String url, Properties properties) {
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            return rows.next() && rows.getInt(1) != toldAtTheBeginning(connection);
        } catch (SQLException e) {
            return false;
        }
    }

    /** By name, as the driver is there when the service runs, and no part of what it is compiled with. */
    private static int toldAtTheBeginning(Connection connection) throws SQLException {
        try {
            return (int) connection.getClass().getMethod("getBackendPID").invoke(connection);
        } catch (ReflectiveOperationException e) {
            throw new SQLException("The driver of PostgreSQL is another one", e);
        }
    }
}
