package dev.latchkey.support;

import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Everything that is stored, for tests that look for what should not be. */
public final class Cells {
    private Cells() {}

    /** A value in a row of a table, as text; pictures byte by byte. */
    public record Cell(String table, String column, String value) {}

    /** The values in all rows of all tables, but those that say which migrations ran. */
    public static List<Cell> all(ApplicationContext context) {
        DataSource source = DelegatingDataSource.unwrapDataSource(context.getBean(DataSource.class));
        List<Cell> cells = new ArrayList<>();
        try (Connection connection = source.getConnection()) {
            for (String table : tables(connection)) {
                try (var statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            Object value = rows.getObject(i);
                            cells.add(new Cell(table, rows.getMetaData().getColumnName(i), text(value)));
                        }
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return cells;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : String.valueOf(value);
    }

    private static List<String> tables(Connection connection) throws SQLException {
        boolean sqlite = connection.getMetaData().getDatabaseProductName().equals("SQLite");
        String query = sqlite
                ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
        List<String> tables = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet names = statement.executeQuery(query)) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        tables.remove("flyway_schema_history");
        return tables;
    }
}
