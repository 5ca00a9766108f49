package dev.latchkey.backup;

import dev.latchkey.database.SqliteAddress;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** What is different from one database to the other, as far as all rows are read or written at once. */
@Singleton
final class DatabaseFacts {
    private static final String VERSION = "SELECT version FROM flyway_schema_history WHERE version IS NOT NULL"
            + " ORDER BY installed_rank DESC LIMIT 1";

    private final boolean sqlite;

    DatabaseFacts(@Named("default") DatasourceConfiguration database) {
        sqlite = SqliteAddress.isSqlite(database.getUrl());
    }

    String kind() {
        return sqlite ? "sqlite" : "postgresql";
    }

    /** Makes a transaction see one moment; before anything is asked in it. A reader of SQLite sees nothing else. */
    void beginSnapshot(Connection transaction) throws SQLException {
        if (!sqlite) {
            execute(transaction, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        }
    }

    /** The version of the schema that is there. */
    String schema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(VERSION)) {
            if (!rows.next()) {
                throw new IllegalStateException("The database has no schema");
            }
            return rows.getString(1);
        }
    }

    /** Keeps everybody else from these tables until the end of the transaction. On SQLite only one writes anyway. */
    void lock(Connection transaction, List<Table> tables) throws SQLException {
        if (!sqlite) {
            execute(
                    transaction,
                    tables.stream()
                            .map(table -> '"' + table.name() + '"')
                            .collect(Collectors.joining(", ", "LOCK TABLE ", " IN ACCESS EXCLUSIVE MODE")));
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
