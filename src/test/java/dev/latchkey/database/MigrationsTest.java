package dev.latchkey.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.SqliteAddress;
import dev.latchkey.database.sqlite.SqliteDataSource;
import dev.latchkey.support.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of an earlier version keeps what is in it. */
class MigrationsTest {
    private static final String HOUR = "3600000";

    @ParameterizedTest
    @EnumSource
    void keepRequestsWithTheirLinksAndProposals(Database database) throws SQLException {
        DataSource source = sourceOf(database.fresh());
        migrate(database, source, "3");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            String time =
                    database == Database.SQLITE ? "2 * " + HOUR + " + 5" : "timestamptz '1970-01-01 02:00:00.005Z'";
            statement.execute("INSERT INTO accounts (id, email, pin, status, tier, created_at) VALUES"
                    + " ('a', 'ada@example.org', 100000001, 'ACTIVE', 'FREE', " + time + ")");
            statement.execute("INSERT INTO link_requests"
                    + " (id, link_id, account_id, subject_digest, purpose, match_phrase, state, created_at) VALUES"
                    + " ('r', 'l', 'a', 'digest', 'EDIT_PROFILE', 'amber falcon', 'SENT', " + time + ")");
            statement.execute("INSERT INTO magic_links (id, request_id, account_id, purpose, created_at) VALUES"
                    + " ('l', 'r', 'a', 'EDIT_PROFILE', " + time + ")");
            statement.execute("INSERT INTO proposals (link_id, bio) VALUES ('l', 'Proposed.')");
        }

        migrate(database, source, "latest");

        assertThat(rows(source)).containsExactly("r amber falcon SENT 2 l a Proposed.");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM accounts");
            assertThat(rows(source)).isEmpty();
            assertThat(count(statement, "magic_links")).isZero();
            assertThat(count(statement, "proposals")).isZero();
            assertThat(count(statement, "link_requests")).as("stories").isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellWhoSignedUpFromWhoWasImported(Database database) throws SQLException {
        DataSource source = sourceOf(database.fresh());
        migrate(database, source, "4");
        String time = database == Database.SQLITE ? "5" : "timestamptz '1970-01-01 00:00:00.005Z'";
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            int pin = 100_000_001;
            for (String account : List.of(
                    "'imported', NULL, NULL",
                    "'chat', NULL, NULL",
                    "'signed-up', 'hash', NULL",
                    "'registered', 'hash', NULL",
                    "'confirmed', 'hash', " + time)) {
                statement.execute("INSERT INTO accounts"
                        + " (id, passphrase_hash, email_verified_at, email, pin, status, tier, created_at)"
                        + " VALUES (" + account + ", 'a" + pin + "@example.org', " + pin++ + ", 'ACTIVE', 'FREE', "
                        + time + ")");
            }
            statement.execute("INSERT INTO consents VALUES ('chat', '1', " + time + ")");
            statement.execute("INSERT INTO contacts (account_id, confirmed_at) VALUES ('registered', " + time + ")");
            for (String account : List.of("signed-up", "confirmed")) {
                statement.execute("INSERT INTO profiles (account_id, nickname, version, updated_at) VALUES ('" + account
                        + "', '" + account.replace('-', '_') + "', 1, " + time + ")");
            }
        }

        migrate(database, source, "latest");

        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(texts(statement, "SELECT id FROM accounts WHERE unconfirmed_since IS NOT NULL ORDER BY id"))
                    .containsExactly("chat", "signed-up");
            assertThat(texts(statement, "SELECT nickname FROM profiles WHERE nickname IS NOT NULL"))
                    .containsExactly("confirmed");
        }
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                texts.add(found.getString(1));
            }
        }
        return texts;
    }

    private static List<String> rows(DataSource source) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT r.id, r.match_phrase, r.state, r.created_hour, l.id, l.account_id, p.bio"
                                + " FROM link_requests r JOIN magic_links l ON l.request_id = r.id"
                                + " JOIN proposals p ON p.link_id = l.id")) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(found.getString(column));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }

    private static int count(Statement statement, String table) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT count(*) FROM " + table)) {
            found.next();
            return found.getInt(1);
        }
    }

    private static void migrate(Database database, DataSource source, String target) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/" + database.name().toLowerCase(Locale.ROOT))
                .target(target)
                .load()
                .migrate();
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
