package dev.latchkey.database.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStatementsTest {
    private static final String INSERT = "INSERT INTO words (id, word) VALUES (?, ?)";
    private static final String SELECT = "SELECT word FROM words ORDER BY id";

    @TempDir
    Path folder;

    private SqliteDataSource source;
    private Connection connection;

    @BeforeEach
    void createTable() throws SQLException {
        source = new SqliteDataSource("jdbc:sqlite:" + folder.resolve("words.db"));
        connection = source.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT)");
        }
        insert(1, "amber");
        insert(2, "falcon");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void usesAStatementAgain() throws SQLException {
        PreparedStatement first = connection.prepareStatement(SELECT);
        Object prepared = first.unwrap(PreparedStatement.class);
        first.close();

        try (PreparedStatement second = connection.prepareStatement(SELECT)) {
            assertThat(second.unwrap(PreparedStatement.class)).isSameAs(prepared);
        }
    }

    @Test
    void forgetsTheParametersOfTheLastUse() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setInt(1, 3);
            insert.executeUpdate();
        }

        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT word FROM words WHERE id = 3")) {
            rows.next();
            assertThat(rows.getString(1)).isNull();
        }
    }

    @Test
    void givesTwoUsersOfTheSameTextAStatementEach() throws SQLException {
        try (PreparedStatement one = connection.prepareStatement(SELECT);
                PreparedStatement other = connection.prepareStatement(SELECT);
                ResultSet rowsOfOne = one.executeQuery();
                ResultSet rowsOfOther = other.executeQuery()) {
            rowsOfOne.next();
            rowsOfOne.next();
            rowsOfOther.next();

            assertThat(rowsOfOne.getString(1)).isEqualTo("falcon");
            assertThat(rowsOfOther.getString(1)).isEqualTo("amber");
        }
    }

    @Test
    void endsAResultThatWasReadHalf() throws SQLException {
        PreparedStatement select = connection.prepareStatement(SELECT);
        select.executeQuery().next();
        select.close();

        try (Connection other = source.getConnection();
                var statement = other.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            rows.next();
            assertThat(rows.getInt("busy"))
                    .as("somebody still reads an old state")
                    .isZero();
        }
    }

    @Test
    void worksAgainAfterAFailure() throws SQLException {
        assertThatThrownBy(() -> insert(1, "again")).isInstanceOf(SQLException.class);

        insert(3, "lantern");

        try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM words");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(3);
        }
    }

    @Test
    void forgetsABatchThatNobodyExecuted() throws SQLException {
        try (PreparedStatement abandoned = connection.prepareStatement(INSERT)) {
            abandoned.setInt(1, 3);
            abandoned.setString(2, "abandoned");
            abandoned.addBatch();
        }

        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setInt(1, 4);
            insert.setString(2, "lantern");
            insert.addBatch();
            assertThat(insert.executeBatch()).hasSize(1);
        }

        try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM words WHERE id > 2");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            assertThat(rows.getInt(1)).isOne();
        }
    }

    @Test
    void usesAStatementAgainWhoseBatchWasExecuted() throws SQLException {
        PreparedStatement first = connection.prepareStatement(INSERT);
        Object prepared = first.unwrap(PreparedStatement.class);
        first.setInt(1, 3);
        first.addBatch();
        first.executeBatch();
        first.close();

        try (PreparedStatement second = connection.prepareStatement(INSERT)) {
            assertThat(second.unwrap(PreparedStatement.class)).isSameAs(prepared);
        }
    }

    @Test
    void refusesAStatementThatWasClosed() throws SQLException {
        PreparedStatement select = connection.prepareStatement(SELECT);
        select.close();
        select.close();

        assertThat(select.isClosed()).isTrue();
        assertThatThrownBy(select::executeQuery).isInstanceOf(SQLException.class);
    }

    private void insert(int id, String word) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setInt(1, id);
            insert.setString(2, word);
            insert.executeUpdate();
        }
    }
}
