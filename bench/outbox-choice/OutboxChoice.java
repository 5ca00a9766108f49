import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteUpdateListener;

/**
 * Does db-scheduler carry a mail outbox on SQLite as well as a table and four workers do?
 *
 * <p>Each design drains the same number of mails with a send that does nothing, on a file of its own with the product's
 * pragmas, and notes in another table that the mail was accepted, as the product must. Commits and rows are counted by
 * SQLite's own hooks, not by reading the code.
 */
public final class OutboxChoice {
    private static final int WORKERS = 4;
    private static final int BATCH = 50;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** How a killed process dies: after this many sends, in the middle of its work, without any clean-up. */
    private static final int SENDS_BEFORE_KILL = 200;

    private static final Duration LEASE = Duration.ofSeconds(5);

    /** The shortest comparable promise of db-scheduler: it takes at least four missed heartbeats to call one dead. */
    private static final Duration HEARTBEAT = LEASE.dividedBy(4);

    private OutboxChoice() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("drain-and-die")) {
            drainAndDie(Kind.valueOf(args[1]), Path.of(args[2]));
            return;
        }
        int mails = args.length > 0 ? Integer.parseInt(args[0]) : 5000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        measure(mails, rounds);
        for (Kind kind : List.of(Kind.DB_SCHEDULER, Kind.GROUPED)) {
            kill(kind, Math.min(mails, 2000));
        }
    }

    // --- Speed -------------------------------------------------------------------------------------------------------

    private static void measure(int mails, int rounds) throws Exception {
        for (Kind kind : Kind.values()) {
            round(kind, Math.min(500, mails));
        }
        System.out.printf("| design | mails/s | commits/mail | rows touched/mail | CPU ms/mail |%n|---|--:|--:|--:|--:|%n");
        List<List<Round>> results = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            results.add(new ArrayList<>());
        }
        for (int i = 0; i < rounds; i++) {
            for (Kind kind : Kind.values()) {
                results.get(kind.ordinal()).add(round(kind, mails));
            }
        }
        List<Round> medians = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<Round> of = results.get(kind.ordinal());
            of.sort(Comparator.comparingDouble(Round::perSecond));
            Round median = of.get(of.size() / 2);
            medians.add(median);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.2f | %.2f | %.2f |%n",
                    kind.title,
                    median.perSecond,
                    median.commits,
                    median.rows,
                    median.cpuMillis);
        }
        double base = medians.getFirst().perSecond;
        for (Kind kind : Kind.values()) {
            System.out.printf(Locale.ROOT, "%s: %.1f x%n", kind.title, medians.get(kind.ordinal()).perSecond / base);
        }
        System.out.printf("(median of %d rounds of %d mails, %d workers)%n%n", rounds, mails, WORKERS);
    }

    private record Round(double perSecond, double commits, double rows, double cpuMillis) {}

    private static Round round(Kind kind, int mails) throws Exception {
        Path folder = Files.createTempDirectory("outbox-choice");
        try (Database database = new Database(folder.resolve("outbox.db"), kind.connections)) {
            kind.fill(database, mails);
            AtomicInteger sent = new AtomicInteger();
            database.resetCounts();
            long cpu = cpuNanos();
            long began = System.nanoTime();
            try (Drain drain = kind.start(database, id -> sent.incrementAndGet())) {
                await(database, kind);
                long nanos = System.nanoTime() - began;
                long usedCpu = cpuNanos() - cpu;
                if (sent.get() != mails) {
                    throw new IllegalStateException(kind + " sent " + sent + " of " + mails);
                }
                return new Round(
                        mails * 1e9 / nanos,
                        (double) database.commits.get() / mails,
                        (double) database.rows.get() / mails,
                        usedCpu / 1e6 / mails);
            }
        } finally {
            delete(folder);
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void await(Database database, Kind kind) throws Exception {
        Instant limit = Instant.now().plus(LIMIT);
        try (Connection connection = database.source.getConnection()) {
            while (count(connection, kind.table) > 0) {
                if (Instant.now().isAfter(limit)) {
                    throw new IllegalStateException(kind + " did not finish within " + LIMIT);
                }
                Thread.sleep(20);
            }
        }
    }

    private static int count(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM " + table + ")")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    // --- A process that is killed ------------------------------------------------------------------------------------

    private static void kill(Kind kind, int mails) throws Exception {
        Path folder = Files.createTempDirectory("outbox-kill");
        try {
            Path file = folder.resolve("outbox.db");
            Path log = Files.createFile(folder.resolve("sent"));
            try (Database database = new Database(file, kind.connections)) {
                kind.fill(database, mails);
            }
            int exit = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Path.of("bench/outbox-choice/OutboxChoice.java").toString(),
                            "drain-and-die",
                            kind.name(),
                            folder.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            int before = Files.readAllLines(log).size();
            long began = System.nanoTime();
            long firstMissing;
            try (Database database = new Database(file, kind.connections);
                    Drain drain = kind.start(database, id -> append(log, id))) {
                await(database, kind);
                firstMissing = System.nanoTime() - began;
            }
            List<String> all = Files.readAllLines(log);
            long distinct = all.stream().distinct().count();
            System.out.printf(
                    Locale.ROOT,
                    "%s: killed (exit %d) after %d sends; the next process needed %.1f s; %d lost, %d sent twice of %d%n",
                    kind.title,
                    exit,
                    before,
                    firstMissing / 1e9,
                    mails - distinct,
                    all.size() - distinct,
                    mails);
        } finally {
            delete(folder);
        }
    }

    private static void drainAndDie(Kind kind, Path folder) throws Exception {
        AtomicInteger sent = new AtomicInteger();
        Database database = new Database(folder.resolve("outbox.db"), kind.connections);
        kind.start(database, id -> {
            append(folder.resolve("sent"), id);
            if (sent.incrementAndGet() >= SENDS_BEFORE_KILL) {
                Runtime.getRuntime().halt(137);
            }
        });
        Thread.sleep(LIMIT);
    }

    private static synchronized void append(Path log, String id) {
        try {
            Files.writeString(log, id + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    // --- The designs -------------------------------------------------------------------------------------------------

    private interface Send {
        void send(String id);
    }

    private interface Drain extends AutoCloseable {}

    private enum Kind {
        DB_SCHEDULER("db-scheduler 16.12", "scheduled_tasks", 8),
        DB_SCHEDULER_ONE("db-scheduler 16.12, one connection", "scheduled_tasks", 1),
        SINGLE("table and workers, a commit per mail", "outbox", 8),
        GROUPED("table and workers, grouped commits", "outbox", 8);

        final String title;
        final String table;
        final int connections;

        Kind(String title, String table, int connections) {
            this.title = title;
            this.table = table;
            this.connections = connections;
        }

        void fill(Database database, int mails) throws SQLException {
            database.write(connection -> {
                try (var insert = connection.prepareStatement("INSERT INTO requests VALUES (?, 'queued', NULL)")) {
                    for (int i = 0; i < mails; i++) {
                        insert.setString(1, "mail-" + i);
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
            });
            if (table.equals("outbox")) {
                Workers.fill(database, mails);
            } else {
                DbScheduler.fill(database, mails);
            }
        }

        Drain start(Database database, Send send) {
            return switch (this) {
                case DB_SCHEDULER, DB_SCHEDULER_ONE -> DbScheduler.start(database, send);
                case SINGLE -> new Workers(database, send, false);
                case GROUPED -> new Workers(database, send, true);
            };
        }
    }

    private static void markAccepted(Connection connection, String id) throws SQLException {
        try (var mark =
                connection.prepareStatement("UPDATE requests SET state = 'sent', expires_at = ? WHERE id = ?")) {
            mark.setLong(1, System.currentTimeMillis());
            mark.setString(2, id);
            mark.executeUpdate();
        }
    }

    /** One one-time task per mail. */
    private static final class DbScheduler {
        static void fill(Database database, int mails) {
            OneTimeTask<Void> task = task(database, id -> {});
            List<TaskInstance<?>> batch = new ArrayList<>();
            for (int i = 0; i < mails; i++) {
                batch.add(task.instance("mail-" + i));
            }
            builder(database, task).build().scheduleBatch(batch, Instant.now());
        }

        static Drain start(Database database, Send send) {
            Scheduler scheduler = builder(database, task(database, send)).build();
            scheduler.start();
            return scheduler::stop;
        }

        /** It removes a finished task in a transaction of its own, so the mark cannot be part of it. */
        private static OneTimeTask<Void> task(Database database, Send send) {
            return Tasks.oneTime("mail").execute((instance, context) -> {
                send.send(instance.getId());
                try {
                    database.write(connection -> markAccepted(connection, instance.getId()));
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        /** Fetches many and locks each when it begins: locking a whole batch at once is refused for SQLite. */
        private static SchedulerBuilder builder(Database database, OneTimeTask<Void> task) {
            return Scheduler.create(database.pool, task)
                    .threads(WORKERS)
                    .pollUsingFetch(2, BATCH)
                    .pollingInterval(Duration.ofMillis(100))
                    .heartbeatInterval(HEARTBEAT)
                    .missedHeartbeatsLimit(4)
                    .shutdownMaxWait(Duration.ofSeconds(1));
        }
    }

    /** Each worker leases a batch, sends one mail at a time and does not begin the next before this one is off the table. */
    private static final class Workers implements Drain {
        private final Database database;
        private final Send send;
        private final boolean grouped;
        private final LinkedBlockingQueue<Done> finished = new LinkedBlockingQueue<>();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean stopped;

        private record Done(String id, CompletableFuture<Void> committed) {}

        Workers(Database database, Send send, boolean grouped) {
            this.database = database;
            this.send = send;
            this.grouped = grouped;
            for (int i = 0; i < WORKERS; i++) {
                String name = ProcessHandle.current().pid() + "-" + i;
                threads.add(Thread.ofPlatform().start(() -> guard(() -> work(name))));
            }
            if (grouped) {
                threads.add(Thread.ofPlatform().start(() -> guard(this::commitGroups)));
            }
        }

        static void fill(Database database, int mails) throws SQLException {
            database.write(connection -> {
                try (var insert = connection.prepareStatement(
                        "INSERT INTO outbox VALUES (?, 'edit-link', ?, NULL, 'waiting', ?, NULL, 0, NULL, ?)")) {
                    for (int i = 0; i < mails; i++) {
                        insert.setString(1, "mail-" + i);
                        insert.setString(2, "request-" + i);
                        insert.setLong(3, System.currentTimeMillis());
                        insert.setLong(4, System.currentTimeMillis());
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
            });
        }

        private interface Step {
            void run() throws Exception;
        }

        private void guard(Step step) {
            try {
                step.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        }

        private void work(String name) throws Exception {
            while (!stopped) {
                List<String> batch = claim(name);
                if (batch.isEmpty()) {
                    Thread.sleep(100);
                }
                for (String id : batch) {
                    send.send(id);
                    if (grouped) {
                        CompletableFuture<Void> committed = new CompletableFuture<>();
                        finished.add(new Done(id, committed));
                        committed.get();
                    } else {
                        database.write(connection -> remove(connection, List.of(id)));
                    }
                }
            }
        }

        private void commitGroups() throws Exception {
            List<Done> group = new ArrayList<>();
            while (!stopped) {
                group.clear();
                group.add(finished.take());
                finished.drainTo(group);
                List<String> ids = group.stream().map(Done::id).toList();
                database.write(connection -> remove(connection, ids));
                group.forEach(done -> done.committed().complete(null));
            }
        }

        private static void remove(Connection connection, List<String> ids) throws SQLException {
            try (var delete = connection.prepareStatement("DELETE FROM outbox WHERE id = ?")) {
                for (String id : ids) {
                    markAccepted(connection, id);
                    delete.setString(1, id);
                    if (delete.executeUpdate() != 1) {
                        throw new IllegalStateException("Somebody else removed " + id);
                    }
                }
            }
        }

        private List<String> claim(String name) throws SQLException {
            long now = System.currentTimeMillis();
            List<String> ids = new ArrayList<>();
            database.write(connection -> {
                try (var claim = connection.prepareStatement(
                        """
                        UPDATE outbox SET leased_by = ?, due_at = ?, attempts = attempts + 1 WHERE id IN
                        (SELECT id FROM outbox WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at LIMIT ?)
                        RETURNING id""")) {
                    claim.setString(1, name);
                    claim.setLong(2, now + LEASE.toMillis());
                    claim.setLong(3, now);
                    claim.setInt(4, BATCH);
                    try (var rows = claim.executeQuery()) {
                        while (rows.next()) {
                            ids.add(rows.getString(1));
                        }
                    }
                }
            });
            return ids;
        }

        @Override
        public void close() throws Exception {
            stopped = true;
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join();
            }
        }
    }

    // --- The file ----------------------------------------------------------------------------------------------------

    private static final class Database implements AutoCloseable {
        final AtomicLong commits = new AtomicLong();
        final AtomicLong rows = new AtomicLong();
        final SQLiteDataSource source;
        final HikariDataSource pool;
        private final Semaphore writerGate = new Semaphore(1, true);

        private interface Work {
            void on(Connection connection) throws SQLException;
        }

        Database(Path file, int connections) throws SQLException {
            SQLiteConfig config = new SQLiteConfig();
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.setBusyTimeout(30_000);
            config.enforceForeignKeys(true);
            config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
            source = new SQLiteDataSource(config) {
                @Override
                public SQLiteConnection getConnection(String user, String password) throws SQLException {
                    return counted(super.getConnection(user, password));
                }
            };
            source.setUrl("jdbc:sqlite:" + file);
            HikariConfig hikari = new HikariConfig();
            hikari.setDataSource(source);
            hikari.setMaximumPoolSize(connections);
            pool = new HikariDataSource(hikari);
            createTables(pool);
        }

        private SQLiteConnection counted(SQLiteConnection connection) {
            connection.addCommitListener(new SQLiteCommitListener() {
                @Override
                public void onCommit() {
                    commits.incrementAndGet();
                }

                @Override
                public void onRollback() {}
            });
            connection.addUpdateListener(
                    (SQLiteUpdateListener.Type type, String base, String table, long row) -> rows.incrementAndGet());
            return connection;
        }

        void resetCounts() {
            commits.set(0);
            rows.set(0);
        }

        /** One transaction behind a fair gate: the busy handler of SQLite sleeps longer than a commit takes. */
        void write(Work work) throws SQLException {
            writerGate.acquireUninterruptibly();
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                work.on(connection);
                // Commits once; commit() would begin, and the pool then end, another empty transaction.
                connection.setAutoCommit(true);
            } finally {
                writerGate.release();
            }
        }

        private static void createTables(DataSource source) throws SQLException {
            String[] statements = {
                """
                CREATE TABLE IF NOT EXISTS outbox (id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL,
                  subject_id TEXT NOT NULL, detail TEXT, state TEXT NOT NULL, due_at INTEGER NOT NULL, leased_by TEXT,
                  attempts INTEGER NOT NULL, last_error TEXT, created_at INTEGER NOT NULL) STRICT""",
                "CREATE TABLE IF NOT EXISTS requests (id TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL, expires_at INTEGER)",
                "CREATE INDEX IF NOT EXISTS outbox_due ON outbox (state, due_at)",
                "CREATE INDEX IF NOT EXISTS outbox_leased ON outbox (leased_by) WHERE leased_by IS NOT NULL",
                // As its documentation gives it for SQLite.
                """
                CREATE TABLE IF NOT EXISTS scheduled_tasks (task_name VARCHAR(100), task_instance VARCHAR(100),
                  task_data BLOB, execution_time TIMESTAMP, picked BIT, picked_by VARCHAR(50), last_success TIMESTAMP,
                  last_failure TIMESTAMP, consecutive_failures INT, last_heartbeat TIMESTAMP, version BIGINT,
                  priority SMALLINT, PRIMARY KEY (task_name, task_instance))""",
                "CREATE INDEX IF NOT EXISTS execution_time_idx ON scheduled_tasks (execution_time)",
                "CREATE INDEX IF NOT EXISTS last_heartbeat_idx ON scheduled_tasks (last_heartbeat)"
            };
            try (Connection connection = source.getConnection();
                    var statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}
