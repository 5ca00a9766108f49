package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Shell.Said;
import dev.latchkey.mail.Outbox;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.mail.OutboxState;
import dev.latchkey.mail.TestMails;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class OutboxCommandTest {
    private static final Map<String, Object> SETTINGS = Map.of("test.mails", true);

    private final ApplicationContext context;
    private final OutboxMessages rows;
    private final Shell shell;

    OutboxCommandTest(Database database) {
        Map<String, Object> place = database.withTables();
        context = Contexts.start(place, SETTINGS);
        rows = context.getBean(OutboxMessages.class);
        shell = Shell.on(place, SETTINGS);
    }

    @BeforeEach
    void empty() {
        Sql.run(context, "DELETE FROM outbox");
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    @DisplayName("An empty outbox is said to be empty: exit 0")
    void saysThatThereIsNothing() {
        assertThat(shell.run("outbox")).isEqualTo(new Said(0, "The outbox is empty." + System.lineSeparator(), ""));
    }

    @Test
    @DisplayName(
            "Parked mails are shown with the server's last answer and put back by their ids: exit 0, and 1 for others")
    void showsParkedMailsAndPutsThemBack() {
        UUID id = parked();

        Said shown = shell.run("outbox");
        assertThat(shown.code()).isZero();
        assertThat(shown.out())
                .contains("test         parked", id.toString(), ", to g…@example.org: 550 5.1.1 no such user");
        assertThat(shown.out()).doesNotContain("gone@");
        Said retried = shell.run("outbox", "retry", id.toString());
        assertThat(retried.code()).isZero();
        assertThat(retried.out()).isEqualToIgnoringNewLines("Back in the queue: 1 mail.");
        assertThat(rows.findById(id).orElseThrow().state()).isEqualTo(OutboxState.WAITING);
        Said again = shell.run("outbox", "retry", id.toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out()).isEqualToIgnoringNewLines("Back in the queue: 0 mails.");
        assertThat(again.err()).isEqualToIgnoringNewLines("The others are not parked.");
    }

    @Test
    @DisplayName("All parked mails are put back at once: exit 0")
    void putsAllBackAtOnce() {
        UUID one = parked();
        UUID other = parked();

        Said retried = shell.run("outbox", "retry", "--all");

        assertThat(retried.code()).isZero();
        assertThat(retried.out()).isEqualToIgnoringNewLines("Back in the queue: 2 mails.");
        assertThat(rows.findById(one).orElseThrow().state()).isEqualTo(OutboxState.WAITING);
        assertThat(rows.findById(other).orElseThrow().state()).isEqualTo(OutboxState.WAITING);
    }

    @SuppressWarnings("unchecked") // There is one data source, and it gives JDBC connections.
    private UUID parked() {
        UUID id = context.getBean(TestMails.class).add(context.getBean(Outbox.class), "gone@example.org");
        TransactionOperations<Connection> transactions = context.getBean(TransactionOperations.class);
        transactions.executeWrite(status -> {
            rows.claim(Outbox.CHANNEL, "claim", Instant.now().plusSeconds(60), Instant.now(), 10);
            return rows.park(id, "claim", "550 5.1.1 no such user");
        });
        return id;
    }
}
