package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.context.ApplicationContext;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The price of a claim must not depend on how many mails wait for later or are parked, or wait for somebody else. */
@ParameterizedClass
@EnumSource(Database.class)
class OutboxCostTest {
    private static final int MANY = 20_000;

    /** As in {@link OutboxMessages}, with literal times for a plan. */
    private static final String CLAIM = """
            UPDATE outbox SET due_at = ?, leased_by = 'claim', attempts = attempts + 1
            WHERE id IN (SELECT id FROM outbox WHERE state = 'waiting' AND channel = 'mail' AND due_at <= ?
            ORDER BY due_at LIMIT 32) AND state = 'waiting' AND due_at <= ?""";

    private final Database database;
    private final TransactionOperations<Connection> transactions;

    @SuppressWarnings("unchecked") // There is one data source, and it gives JDBC connections.
    OutboxCostTest(Database database) {
        this.database = database;
        ApplicationContext context = Contexts.shared(database, Map.of("test.cost", true));
        transactions = context.getBean(TransactionOperations.class);
    }

    @BeforeEach
    void fill() {
        transactions.executeWrite(status -> {
            run(status.getConnection(), "DELETE FROM outbox");
            insert(status.getConnection(), "parked", "mail", Instant.parse("2020-01-01T00:00:00Z"));
            insert(status.getConnection(), "waiting", "mail", Instant.parse("2099-01-01T00:00:00Z"));
            insert(status.getConnection(), "waiting", "webhook", Instant.parse("2020-01-01T00:00:00Z"));
            return true;
        });
        if (database == Database.POSTGRESQL) {
            transactions.executeWrite(status -> {
                run(status.getConnection(), "ANALYZE outbox");
                return true;
            });
        }
    }

    @Test
    void claimsThroughTheIndexAlone() {
        assertThat(plan(CLAIM, 3))
                .anyMatch(step -> step.contains("outbox_due"))
                .noneMatch(step -> step.matches("(?i).*(SCAN outbox( |$)|Seq Scan on outbox).*"))
                .noneMatch(step -> step.contains("TEMP B-TREE"));
    }

    @Test
    void findsAClaimThroughTheIndexAlone() {
        assertThat(plan("SELECT * FROM outbox WHERE leased_by = 'claim'", 0))
                .anyMatch(step -> step.contains("outbox_leased"));
    }

    @Test
    void looksForDueMailsThroughTheIndexAlone() {
        assertThat(plan(
                        "SELECT id FROM outbox WHERE state = 'waiting' AND channel = 'mail' AND due_at <= ?"
                                + " ORDER BY due_at LIMIT 1",
                        1))
                .anyMatch(step -> step.contains("outbox_due"))
                .noneMatch(step -> step.contains("TEMP B-TREE"));
    }

    private List<String> plan(String sql, int times) {
        String explain = database == Database.SQLITE ? "EXPLAIN QUERY PLAN " : "EXPLAIN ";
        int column = database == Database.SQLITE ? 4 : 1;
        return transactions.executeRead(status -> {
            try (PreparedStatement statement = status.getConnection().prepareStatement(explain + sql)) {
                for (int i = 1; i <= times; i++) {
                    statement.setTimestamp(i, Timestamp.from(Instant.parse("2026-11-20T10:00:00Z")));
                }
                List<String> steps = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        steps.add(rows.getString(column));
                    }
                }
                return steps;
            }
        });
    }

    private static void insert(Connection connection, String state, String channel, Instant due) throws SQLException {
        String sql = "INSERT INTO outbox (id, kind, about_id, state, due_at, attempts, created_at, channel)"
                + " VALUES (?, 'test', 's', ?, ?, 0, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < MANY; i++) {
                statement.setString(1, channel + state + i);
                statement.setString(2, state);
                statement.setTimestamp(3, Timestamp.from(due));
                statement.setTimestamp(4, Timestamp.from(due));
                statement.setString(5, channel);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }
}
