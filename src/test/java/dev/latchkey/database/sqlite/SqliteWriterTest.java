package dev.latchkey.database.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.latchkey.database.DatabaseFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that share a commit: one to the disk, many to everybody else. */
@Timeout(60)
class SqliteWriterTest {
    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private SqliteDataSource source;
    private Connection keeper;

    @BeforeEach
    void createTable() throws SQLException {
        source = new SqliteDataSource(url());
        keeper = source.getConnection();
        try (Statement statement = keeper.createStatement()) {
            statement.execute("CREATE TABLE numbers (id INTEGER PRIMARY KEY, filler BLOB)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        threads.close();
        keeper.close();
    }

    @Test
    void tellsNobodyOfSuccessBeforeTheSharedCommit() throws Exception {
        Transaction first = begin();
        first.insert(1);
        Later second = later(2);

        CompletableFuture<Void> firstDone = first.commit();
        second.inserted.await();

        assertThat(firstDone).isNotDone();
        assertThat(numbers()).isEmpty();

        second.mayEnd.countDown();
        firstDone.get();
        second.done.get();
        assertThat(numbers()).containsExactly(1, 2);
    }

    @Test
    void letsAStatementOutsideATransactionWaitItsTurn() throws Exception {
        Transaction first = begin();
        first.insert(1);
        Future<Integer> alone = threads.submit(() -> {
            try (Connection connection = source.getConnection()) {
                insert(connection, 2, 1);
                return 2;
            }
        });
        Later second = later(3);
        second.mayEnd.countDown();

        first.commit().get();

        alone.get();
        second.done.get();
        assertThat(numbers()).containsExactly(1, 2, 3);
    }

    @Test
    void undoesOneMemberWithoutTheOthers() throws Exception {
        Transaction first = begin();
        first.insert(1);
        Later second = later(2);
        second.rollsBack = true;
        Later third = later(3);

        CompletableFuture<Void> firstDone = first.commit();
        second.mayEnd.countDown();
        third.mayEnd.countDown();

        firstDone.get();
        second.done.get();
        third.done.get();
        assertThat(numbers()).containsExactly(1, 3);
    }

    @Test
    void undoesTheFirstMember() throws Exception {
        Transaction first = begin();
        first.insert(1);
        Later second = later(2);
        second.mayEnd.countDown();

        first.connection.rollback();
        first.connection.close();

        second.done.get();
        assertThat(numbers()).containsExactly(2);
    }

    @Test
    void failsEveryMemberWhereTheBatchIsLost() throws Exception {
        Transaction first = begin();
        first.insert(1);
        Later second = later(2);
        second.breaksBatch = true;

        CompletableFuture<Void> firstDone = first.commit();
        second.mayEnd.countDown();

        assertThatThrownBy(firstDone::get)
                .isInstanceOf(ExecutionException.class)
                .satisfies(e -> assertThat(DatabaseFailure.isBehind(e)).isTrue());
        assertThatThrownBy(second.done::get).isInstanceOf(ExecutionException.class);
        assertThat(numbers()).isEmpty();

        Transaction next = begin();
        next.insert(3);
        next.commit().get();
        assertThat(numbers()).containsExactly(3);
    }

    @Test
    @DisplayName("Comes in while a process that writes step by step rests for a moment between two of them")
    void comesInBetweenTheStepsOfAnotherProcess() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        AtomicBoolean writes = new AtomicBoolean();
        AtomicBoolean enough = new AtomicBoolean();
        Future<?> other = threads.submit(() -> writeStepByStep(steps, writes, enough));
        try {
            for (int id = 1; id <= 5; id++) {
                await().untilTrue(writes);
                int before = steps.get();
                insertWithFiller(id);
                assertThat(steps.get() - before)
                        .as("steps that were waited for")
                        .isLessThanOrEqualTo(2);
            }
        } finally {
            enough.set(true);
            other.get();
        }
        assertThat(numbers()).containsExactly(1, 2, 3, 4, 5);
    }

    private @Nullable Void writeStepByStep(AtomicInteger steps, AtomicBoolean writes, AtomicBoolean enough)
            throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            while (!enough.get()) {
                statement.execute("BEGIN IMMEDIATE");
                writes.set(true);
                Thread.sleep(300);
                writes.set(false);
                statement.execute("COMMIT");
                steps.incrementAndGet();
                Thread.sleep(10);
            }
        }
        return null;
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("numbers.db");
    }

    @Test
    void survivesAFullDatabase() throws Exception {
        List<Future<Integer>> writers = new ArrayList<>();
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA max_page_count = 40");
            }
            connection.commit();
        }
        for (int i = 0; i < 200; i++) {
            int id = i;
            writers.add(threads.submit(() -> insertWithFiller(id)));
        }

        List<Integer> acknowledged = new ArrayList<>();
        for (Future<Integer> writer : writers) {
            try {
                acknowledged.add(writer.get());
            } catch (ExecutionException e) {
                assertThat(DatabaseFailure.isBehind(e)).as("%s", e).isTrue();
            }
        }

        assertThat(acknowledged).isNotEmpty().hasSizeLessThan(200);
        assertThat(numbers()).containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    @Test
    void keepsWhatItAcknowledgedAndNothingElse() throws Exception {
        int each = 40;
        List<Future<List<Integer>>> writers = new ArrayList<>();
        for (int writer = 0; writer < 16; writer++) {
            int start = writer * each;
            writers.add(threads.submit(() -> insertSomeRollBackOthers(start, each)));
        }

        List<Integer> acknowledged = new ArrayList<>();
        for (Future<List<Integer>> writer : writers) {
            acknowledged.addAll(writer.get());
        }

        assertThat(numbers()).containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    @Test
    void closesTheFileWithTheLastConnection() throws SQLException {
        keeper.close();

        assertThat(Files.exists(folder.resolve("numbers.db-wal")))
                .as("a log that nobody has folded into the file")
                .isFalse();

        keeper = source.getConnection();
        assertThat(numbers()).isEmpty();
    }

    private List<Integer> insertSomeRollBackOthers(int start, int number) throws SQLException {
        List<Integer> committed = new ArrayList<>();
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            for (int id = start; id < start + number; id++) {
                insert(connection, id, 1);
                if (ThreadLocalRandom.current().nextBoolean()) {
                    connection.commit();
                    committed.add(id);
                } else {
                    connection.rollback();
                }
            }
        }
        return committed;
    }

    private int insertWithFiller(int id) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, id, 4000);
            connection.commit();
            return id;
        }
    }

    private static void insert(Connection connection, int id, int filler) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO numbers VALUES (?, zeroblob(?))")) {
            insert.setInt(1, id);
            insert.setInt(2, filler);
            insert.executeUpdate();
        }
    }

    private List<Integer> numbers() throws SQLException {
        List<Integer> found = new ArrayList<>();
        try (Statement statement = keeper.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM numbers ORDER BY id")) {
            while (rows.next()) {
                found.add(rows.getInt(1));
            }
        }
        return found;
    }

    private Transaction begin() throws SQLException {
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return new Transaction(connection);
    }

    /** A transaction that queues up now, and ends when it is let. */
    private Later later(int id) {
        Later later = new Later();
        Thread thread = Thread.ofVirtual().start(() -> later.run(id));
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return later;
    }

    private final class Transaction {
        final Connection connection;

        Transaction(Connection connection) {
            this.connection = connection;
        }

        void insert(int id) throws SQLException {
            SqliteWriterTest.insert(connection, id, 1);
        }

        CompletableFuture<Void> commit() {
            return CompletableFuture.runAsync(
                    () -> {
                        try (connection) {
                            connection.commit();
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    threads);
        }
    }

    private final class Later {
        final CountDownLatch inserted = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);
        final CompletableFuture<Void> done = new CompletableFuture<>();
        volatile boolean rollsBack;
        volatile boolean breaksBatch;

        void run(int id) {
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                insert(connection, id, 1);
                inserted.countDown();
                mayEnd.await();
                if (breaksBatch) {
                    try (Statement statement = connection.createStatement()) {
                        // What SQLite does by itself after an I/O error.
                        statement.execute("ROLLBACK");
                    }
                }
                if (rollsBack) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
                done.complete(null);
            } catch (SQLException | InterruptedException e) {
                done.completeExceptionally(e);
            }
        }
    }
}
