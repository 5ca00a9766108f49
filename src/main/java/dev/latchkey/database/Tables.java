package dev.latchkey.database;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All tables at once, whichever rooms they belong to; in the dev environment only. */
@Singleton
@Requires(env = "dev")
public class Tables {
    /** What the migrations keep for themselves. */
    private static final String HISTORY = "flyway_schema_history";

    private @Nullable List<String> names;

    /** Deletes all rows of all tables but some, as part of the transaction that has this connection. */
    public void empty(Connection connection, Set<String> kept) {
        try (Statement statement = connection.createStatement()) {
            for (String name : names(connection)) {
                if (!kept.contains(name)) {
                    statement.addBatch("DELETE FROM " + name);
                }
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException("The tables cannot be emptied", e);
        }
    }

    /** Those first that most others refer to: what locks an account locks it before anything of it. */
    private synchronized List<String> names(Connection connection) throws SQLException {
        List<String> known = names;
        if (known == null) {
            DatabaseMetaData database = connection.getMetaData();
            Map<String, Integer> referring = new HashMap<>();
            for (String name : column(
                    database.getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"}),
                    "TABLE_NAME")) {
                if (!name.equals(HISTORY)) {
                    referring.put(
                            name,
                            column(
                                            database.getExportedKeys(
                                                    connection.getCatalog(), connection.getSchema(), name),
                                            "FKTABLE_NAME")
                                    .size());
                }
            }
            known = referring.keySet().stream()
                    .sorted(Comparator.<String>comparingInt(referring::get).reversed())
                    .toList();
            names = known;
        }
        return known;
    }

    private static List<String> column(ResultSet rows, String column) throws SQLException {
        try (rows) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(column));
            }
            return values;
        }
    }
}
