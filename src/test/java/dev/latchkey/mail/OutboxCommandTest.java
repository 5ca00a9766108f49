package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.context.ApplicationContext;
import io.micronaut.transaction.TransactionOperations;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutboxCommandTest {
    private static final Pattern LOGGED = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\S+Z (?:INFO|WARN|ERROR) .*");

    private final ApplicationContext context =
            Contexts.shared(Database.SQLITE, Map.of("test.mails", true, "test.command", true));
    private final OutboxMails rows = context.getBean(OutboxMails.class);
    private final OutboxCommand command = context.getBean(OutboxCommand.class);

    @Test
    void showsParkedMailsAndPutsThemBack() {
        UUID id = parked();
        assertThat(run(0)).contains("test         parked", id.toString(), ": 550 5.1.1 no such user");
        assertThat(run(0, "retry", id.toString())).isEqualTo("Back in the queue: 1 mail.");
        assertThat(rows.findById(id).orElseThrow().state()).isEqualTo(MailState.WAITING);
        assertThat(run(1, "retry", id.toString())).isEqualTo("Back in the queue: 0 mails.");
    }

    @Test
    void putsAllBackAtOnce() {
        UUID id = parked();
        assertThat(run(0, "retry", "--all")).startsWith("Back in the queue: ");
        assertThat(rows.findById(id).orElseThrow().state()).isEqualTo(MailState.WAITING);
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThat(run(2, "retry")).isEmpty();
        assertThat(run(2, "retry", "tomorrow")).isEmpty();
        assertThat(run(2, "delete")).isEmpty();
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

    private String run(int code, String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(command.run(List.of(arguments))).isEqualTo(code);
        } finally {
            System.setOut(before);
        }
        // Tests that run beside this one may log meanwhile.
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !LOGGED.matcher(line).matches())
                .collect(Collectors.joining("\n"));
    }
}
