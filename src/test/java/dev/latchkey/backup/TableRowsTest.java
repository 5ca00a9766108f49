package dev.latchkey.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.context.ApplicationContext;
import io.micronaut.transaction.TransactionOperations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of every table there is, those that nobody has thought of yet included. */
class TableRowsTest {
    private static final Pattern CREATED = Pattern.compile("CREATE TABLE (\\w+)");

    /** What a line of JSON must not be broken by, in several languages, and outside the first plane of Unicode. */
    private static final String TEXT = "k\"\\\n\u2028 Zoë 漢字 \uD83D\uDE00";

    @ParameterizedTest
    @EnumSource
    void findsEveryTableAndThoseFirstThatOthersNeed(Database database) throws Exception {
        try (ApplicationContext context = Contexts.start(database, Map.of())) {
            List<String> names =
                    with(context, Table::all).stream().map(Table::name).toList();
            Set<String> created = CREATED.matcher(
                            Files.readString(Path.of("src/main/resources/db/migration/sqlite/V1__schema.sql")))
                    .results()
                    .map(table -> table.group(1))
                    .collect(Collectors.toSet());
            assertThat(names).containsExactlyInAnyOrderElementsOf(created);
            assertThat(names).containsSubsequence("accounts", "profiles");
            assertThat(names).containsSubsequence("link_requests", "magic_links", "proposals");
            assertThat(names).containsSubsequence("sessions", "grants");
        }
    }

    @ParameterizedTest
    @CsvSource({"SQLITE,SQLITE", "SQLITE,POSTGRESQL", "POSTGRESQL,SQLITE", "POSTGRESQL,POSTGRESQL"})
    void carriesARowOfEveryTable(Database from, Database to) throws Exception {
        try (ApplicationContext source = Contexts.start(from, Map.of());
                ApplicationContext target = Contexts.start(to, Map.of())) {
            fill(source);
            Map<String, String> before = dump(source);
            assertThat(before.values()).allSatisfy(rows -> assertThat(rows).isNotEmpty());

            with(target, connection -> {
                for (Table table : Table.all(connection)) {
                    TableRows.read(
                            connection,
                            table,
                            columns(source, table),
                            new ByteArrayInputStream(
                                    before.getOrDefault(table.name(), "").getBytes(StandardCharsets.UTF_8)),
                            rows -> {});
                }
                return true;
            });

            assertThat(dump(target)).isEqualTo(before);
        }
    }

    @Test
    void keepsWhatPostgresKnowsMoreExactly() throws Exception {
        try (ApplicationContext source = Contexts.start(Database.POSTGRESQL, Map.of())) {
            fill(source);
            with(source, connection -> {
                try (PreparedStatement update = connection.prepareStatement("UPDATE photos SET stored_at = ?")) {
                    update.setObject(1, OffsetDateTime.parse("2026-11-27T10:00:00.123456Z"));
                    return update.executeUpdate();
                }
            });
            assertThat(dump(source).get("photos")).contains("1795773600123.456");
        }
    }

    private static List<String> columns(ApplicationContext context, Table table) throws Exception {
        return with(context, Table::all).stream()
                .filter(other -> other.name().equals(table.name()))
                .findFirst()
                .orElseThrow()
                .columnNames();
    }

    /** One row in each table, every column of it filled; all refer to each other, as all texts are the same. */
    private static void fill(ApplicationContext context) throws Exception {
        with(context, connection -> {
            for (Table table : Table.all(connection)) {
                try (PreparedStatement insert = connection.prepareStatement(table.insert())) {
                    int place = 1;
                    for (Map.Entry<String, ColumnKind> column : table.columns().entrySet()) {
                        switch (column.getValue()) {
                            case TEXT -> insert.setString(place, text(column.getKey()));
                            case INTEGER -> insert.setLong(place, 1);
                            case BOOLEAN -> insert.setBoolean(place, true);
                            case TIME -> insert.setObject(place, OffsetDateTime.parse("2026-11-27T10:00:00.123Z"));
                            case BLOB -> insert.setBytes(place, new byte[] {0, -1, 10, 34});
                        }
                        place++;
                    }
                    insert.executeUpdate();
                }
            }
            return true;
        });
    }

    private static String text(String column) {
        return Set.of("before", "after").contains(column) ? "{\"bio\":\"old\"}" : TEXT;
    }

    private static Map<String, String> dump(ApplicationContext context) throws Exception {
        return with(context, connection -> {
            Map<String, String> rows = new LinkedHashMap<>();
            for (Table table : Table.all(connection)) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                long count = TableRows.write(connection, table, out, written -> {});
                assertThat(count).isEqualTo(1);
                rows.put(table.name(), out.toString(StandardCharsets.UTF_8));
            }
            return rows;
        });
    }

    private static <T> T with(ApplicationContext context, Work<T> work) throws Exception {
        @SuppressWarnings("unchecked")
        TransactionOperations<Connection> transactions = context.getBean(TransactionOperations.class);
        return transactions.executeWrite(status -> work.on(status.getConnection()));
    }

    private interface Work<T> {
        T on(Connection connection) throws Exception;
    }
}
