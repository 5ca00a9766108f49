package dev.latchkey.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.connection.exceptions.NoConnectionException;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.exceptions.CannotCreateTransactionException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class DatabaseFailureTest {

    static Stream<Throwable> passing() {
        return Stream.of(
                new ConnectionException("Failed to reset the auto commit", new SQLException("Connection is closed")),
                new ConnectionException("Something that hides its cause"),
                new SQLException("Connection is closed"),
                new SQLException("HikariDataSource HikariDataSource (HikariPool-1) has been closed."),
                new SQLException("This statement has been closed."),
                new SQLTransientConnectionException(
                        "HikariPool-1 - Connection is not available, request timed out after 5000ms."),
                new CannotCreateTransactionException("Could not open a connection"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void knowsAConnectionThatBrokeOrCouldNotBeHad(Throwable failure) {
        assertThat(DatabaseFailure.isBehind(failure)).isTrue();
        assertThat(DatabaseFailure.isBehind(new DataAccessException("hidden", failure)))
                .isTrue();
        assertThat(DatabaseFailure.isFailure(failure)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08003", "53300", "57P01", "57P03", "58030", "40001", "40P01", "55P03", "25006"})
    void knowsStatesOfAServerThatCannotWorkNow(String state) {
        assertThat(DatabaseFailure.isBehind(new SQLException("", state))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "SQLITE_BUSY",
                "SQLITE_LOCKED",
                "SQLITE_NOMEM",
                "SQLITE_IOERR",
                "SQLITE_IOERR_READ",
                "SQLITE_CORRUPT",
                "SQLITE_FULL",
                "SQLITE_CANTOPEN",
                "SQLITE_READONLY",
                "SQLITE_PROTOCOL"
            })
    void knowsAFileThatCannotBeReadOrWrittenNow(SQLiteErrorCode code) {
        assertThat(DatabaseFailure.isBehind(new SQLiteException("", code))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42P01", "22001"})
    void leavesAMistakeAMistake(String state) {
        SQLException mistake = new SQLException("", state);
        assertThat(DatabaseFailure.isBehind(mistake)).isFalse();
        assertThat(DatabaseFailure.isFailure(mistake)).isTrue();
    }

    @Test
    void leavesOtherMistakesMistakes() {
        assertThat(DatabaseFailure.isBehind(new SQLiteException("", SQLiteErrorCode.SQLITE_CONSTRAINT)))
                .isFalse();
        assertThat(DatabaseFailure.isBehind(new NoConnectionException())).isFalse();
        assertThat(DatabaseFailure.isFailure(new IllegalStateException("The connection is closed")))
                .isFalse();
    }
}
