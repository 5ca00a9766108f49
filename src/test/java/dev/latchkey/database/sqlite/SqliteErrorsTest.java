package dev.latchkey.database.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.support.Asvs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory that runs out for a moment costs whom it hits, and nobody afterwards. */
@Timeout(30)
class SqliteErrorsTest {
    private static final int READERS = 2;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    @TempDir
    Path folder;

    private final List<Connection> opened = new ArrayList<>();

    /** How many more times whatever is tried fails. */
    private final AtomicInteger failures = new AtomicInteger();

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : opened) {
            connection.close();
        }
    }

    @Test
    @Asvs("1.4.3")
    void readersAreThereAfterErrorsWhileTheyWereOpened() throws SQLException {
        SqliteReaders readers = new SqliteReaders(
                () -> {
                    fail();
                    return open();
                },
                READERS,
                PATIENCE);
        failures.set(3 * READERS);
        for (int i = 0; i < 3 * READERS; i++) {
            assertThatThrownBy(() -> readers.begin()).isInstanceOf(OutOfMemoryError.class);
        }

        takeAll(readers);
    }

    @Test
    void readersAreThereAfterErrorsAtTheBeginningOfATransaction() throws SQLException {
        SqliteReaders readers = new SqliteReaders(this::fragile, READERS, PATIENCE);
        failures.set(3 * READERS);
        for (int i = 0; i < 3 * READERS; i++) {
            assertThatThrownBy(() -> readers.begin()).isInstanceOf(OutOfMemoryError.class);
        }

        takeAll(readers);
    }

    @Test
    void readersAreThereAfterErrorsAtTheEndOfATransaction() throws SQLException {
        SqliteReaders readers = new SqliteReaders(this::fragile, READERS, PATIENCE);
        for (int i = 0; i < 3 * READERS; i++) {
            SqliteWork reading = readers.begin();
            failures.set(1);
            assertThatThrownBy(reading::commit).isInstanceOf(OutOfMemoryError.class);
        }

        takeAll(readers);
    }

    @Test
    void theWriterIsThereAfterAnErrorThatCannotEvenBeUndone() throws SQLException {
        SqliteWriter writer = new SqliteWriter(this::fragile, PATIENCE);
        SqliteWork lost = writer.begin();
        failures.set(2);
        assertThatThrownBy(lost::commit)
                .isInstanceOf(SQLTransientException.class)
                .hasCauseInstanceOf(OutOfMemoryError.class);

        SqliteWork next = writer.begin();
        next.handle().execute("CREATE TABLE words (word TEXT)");
        next.commit();
        writer.close();
    }

    @Test
    void whatCannotBePreparedKeepsNobodyWaiting() throws SQLException {
        SqliteDataSource source = new SqliteDataSource("jdbc:sqlite:" + folder.resolve("words.db"));
        for (int i = 0; i < 20; i++) {
            // Left open, as the pool does.
            Connection pooled = source.getConnection();
            opened.add(pooled);
            assertThatThrownBy(() -> pooled.prepareStatement("INSERT INTO nowhere VALUES (1)"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> pooled.prepareStatement("SELECT * FROM nowhere"))
                    .isInstanceOf(SQLException.class);
        }

        Connection connection = source.getConnection();
        opened.add(connection);
        try (Statement statement = connection.createStatement();
                var insert = connection.prepareStatement("CREATE TABLE words (word TEXT)")) {
            insert.execute();
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM sqlite_master")) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    private static void takeAll(SqliteReaders readers) throws SQLException {
        List<SqliteWork> readings = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readings.add(readers.begin());
        }
        assertThatThrownBy(() -> readers.begin()).isInstanceOf(SQLTransientException.class);
        for (SqliteWork reading : readings) {
            reading.commit();
        }
        readers.closeIdle();
    }

    private void fail() {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new OutOfMemoryError("for a moment");
        }
    }

    private SqliteHandle open() throws SQLException {
        return new SqliteHandle(connect());
    }

    /** A handle of which every statement may fail. */
    private SqliteHandle fragile() throws SQLException {
        Connection connection = connect();
        return new SqliteHandle((Connection) Proxy.newProxyInstance(
                SqliteErrorsTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("unwrap")) {
                        fail();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("fragile.db"));
        opened.add(connection);
        return connection;
    }
}
