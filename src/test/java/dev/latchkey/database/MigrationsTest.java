package dev.latchkey.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.database.sqlite.SqliteDataSource;
import dev.latchkey.support.Database;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsTest {
    @Test
    void giveBothDatabasesTheSameTables() throws SQLException {
        Set<String> onSqlite = columnsAndIndexes(Database.SQLITE);

        assertThat(onSqlite)
                .contains("accounts.unconfirmed_since may be null", "link_requests_subject 1 created_hour")
                .isEqualTo(columnsAndIndexes(Database.POSTGRESQL));
    }

    @ParameterizedTest
    @EnumSource
    void keepRequestsWhenAnAccountGoesButNotItsLinksAndProposals(Database database) throws SQLException {
        try (Connection connection = migrated(database).getConnection();
                Statement statement = connection.createStatement()) {
            String time = database == Database.SQLITE ? "5" : "timestamptz '1970-01-01 00:00:00.005Z'";
            statement.execute("INSERT INTO accounts (id, email, pin, status, tier, created_at) VALUES"
                    + " ('a', 'ada@example.org', 100000001, 'ACTIVE', 'FREE', " + time + ")");
            statement.execute("INSERT INTO link_requests (id, link_id, account_id, subject_digest, purpose,"
                    + " match_phrase, state, created_at, created_hour, door) VALUES"
                    + " ('r', 'l', 'a', 'digest', 'EDIT_PROFILE', 'amber falcon', 'SENT', " + time + ", 0, 'PAGE')");
            statement.execute("INSERT INTO magic_links"
                    + " (id, request_id, account_id, purpose, created_at, unsent_until) VALUES"
                    + " ('l', 'r', 'a', 'EDIT_PROFILE', " + time + ", " + time + ")");
            statement.execute("INSERT INTO proposals (link_id, texts) VALUES ('l', '{}')");
            String jpeg = database == Database.SQLITE ? "x'ff'" : "'\\xff'";
            statement.execute("INSERT INTO kept_photos (link_id, jpeg) VALUES ('l', " + jpeg + ")");

            statement.execute("DELETE FROM accounts");

            assertThat(count(statement, "magic_links")).isZero();
            assertThat(count(statement, "proposals")).isZero();
            assertThat(count(statement, "kept_photos")).isZero();
            assertThat(count(statement, "link_requests")).isEqualTo(1);
        }
    }

    private static Set<String> columnsAndIndexes(Database database) throws SQLException {
        Set<String> found = new TreeSet<>();
        try (Connection connection = migrated(database).getConnection()) {
            DatabaseMetaData schema = connection.getMetaData();
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = schema.getTables(null, null, "%", new String[] {"TABLE"})) {
                while (rows.next()) {
                    String table = rows.getString("TABLE_NAME");
                    if (!table.startsWith("flyway")) {
                        tables.add(table);
                    }
                }
            }
            for (String table : tables) {
                try (ResultSet rows = schema.getColumns(null, null, table, "%")) {
                    while (rows.next()) {
                        boolean absent = rows.getInt("NULLABLE") == DatabaseMetaData.columnNullable;
                        found.add(table + "." + rows.getString("COLUMN_NAME") + (absent ? " may be null" : ""));
                    }
                }
                try (ResultSet rows = schema.getIndexInfo(null, null, table, false, false)) {
                    while (rows.next()) {
                        String index = rows.getString("INDEX_NAME");
                        // Those of keys and of unique columns have names that each database makes up by itself.
                        if (index != null && rows.getBoolean("NON_UNIQUE")) {
                            int position = rows.getInt("ORDINAL_POSITION");
                            found.add(index + " " + position + " " + rows.getString("COLUMN_NAME"));
                        }
                    }
                }
            }
        }
        return found;
    }

    private static int count(Statement statement, String table) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT count(*) FROM " + table)) {
            found.next();
            return found.getInt(1);
        }
    }

    private static DataSource migrated(Database database) {
        DataSource source = sourceOf(database.fresh());
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/" + database.name().toLowerCase(Locale.ROOT))
                .load()
                .migrate();
        return source;
    }

    private static DataSource sourceOf(Map<String, Object> settings) {
        String url = String.valueOf(settings.get("datasources.default.url"));
        if (SqliteAddress.isSqlite(url)) {
            return new SqliteDataSource(url);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(String.valueOf(settings.get("datasources.default.username")));
        source.setPassword(String.valueOf(settings.get("datasources.default.password")));
        return source;
    }
}
