package dev.latchkey.backup;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A table as the database describes it.
 *
 * @param columns in their order, with what they hold
 */
record Table(String name, Map<String, ColumnKind> columns) {
    /** What Flyway keeps there belongs to the database and not to what is in it. */
    private static final String MIGRATIONS = "flyway_schema_history";

    private static final String OF_SQLITE = "sqlite_";

    /** All tables there are, those first that others refer to. */
    static List<Table> all(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        String schema = connection.getSchema();
        Map<String, Table> tables = new TreeMap<>();
        Map<String, Set<String>> needed = new HashMap<>();
        try (ResultSet rows = database.getTables(null, schema, "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                String name = rows.getString("TABLE_NAME");
                if (!name.equals(MIGRATIONS) && !name.startsWith(OF_SQLITE)) {
                    tables.put(name, new Table(name, new LinkedHashMap<>()));
                }
            }
        }
        for (Table table : tables.values()) {
            table.readColumns(database, schema);
            needed.put(table.name, referred(database, schema, table.name));
        }
        return inOrder(tables, needed);
    }

    private void readColumns(DatabaseMetaData database, String schema) throws SQLException {
        try (ResultSet rows = database.getColumns(null, schema, name.replace("_", "\\_"), "%")) {
            while (rows.next()) {
                columns.put(
                        rows.getString("COLUMN_NAME"),
                        ColumnKind.of(rows.getInt("DATA_TYPE"), rows.getString("TYPE_NAME")));
            }
        }
    }

    private static Set<String> referred(DatabaseMetaData database, String schema, String table) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (ResultSet rows = database.getImportedKeys(null, schema, table)) {
            while (rows.next()) {
                names.add(rows.getString("PKTABLE_NAME"));
            }
        }
        names.remove(table);
        return names;
    }

    private static List<Table> inOrder(Map<String, Table> tables, Map<String, Set<String>> needed) {
        List<Table> order = new ArrayList<>();
        while (order.size() < tables.size()) {
            Set<String> there = order.stream().map(Table::name).collect(Collectors.toSet());
            List<Table> next = tables.values().stream()
                    .filter(table ->
                            !there.contains(table.name) && there.containsAll(needed.getOrDefault(table.name, Set.of())))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("Tables that refer to each other in a circle: " + tables.keySet());
            }
            order.addAll(next);
        }
        return order;
    }

    List<String> columnNames() {
        return List.copyOf(columns.keySet());
    }

    String select() {
        return "SELECT " + quoted() + " FROM \"" + name + '"';
    }

    String insert() {
        return "INSERT INTO \"" + name + "\" (" + quoted() + ") VALUES ("
                + columns.keySet().stream().map(column -> "?").collect(Collectors.joining(", ")) + ")";
    }

    String delete() {
        return "DELETE FROM \"" + name + '"';
    }

    private String quoted() {
        return columns.keySet().stream().map(column -> '"' + column + '"').collect(Collectors.joining(", "));
    }
}
