package dev.latchkey.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.account.Account;
import dev.latchkey.session.AccessTokenService;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.RawConnection;
import dev.latchkey.support.SignedIn;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Much history, and readers that take their time. */
@ParameterizedClass
@EnumSource(Database.class)
class LargeExportTest {
    private static final int CHANGES = 1000;
    private static final String LONG = "x".repeat(16_000);

    private final EmbeddedServer server;
    private final ApplicationContext context;
    private final Account somebody;
    private final String token;

    LargeExportTest(Database database) {
        server = Contexts.serve(database, Map.of());
        context = server.getApplicationContext();
        somebody = SignedIn.somebody(server).account();
        token = context.getBean(AccessTokenService.class)
                .issue(somebody, "")
                .orElseThrow()
                .text();
        for (int i = 0; i < CHANGES; i += 25) {
            Sql.run(
                    context,
                    "INSERT INTO changes (id, account_id, happened_at, door, fields, before, after, undo_until) VALUES "
                            + IntStream.range(i, i + 25)
                                    .mapToObj(number -> row(database, number))
                                    .collect(Collectors.joining(", ")));
        }
    }

    private String row(Database database, int number) {
        String values = "'{\"bio\": \"" + LONG + "\"}'";
        String time = database == Database.SQLITE ? "1795000000000" : "'2026-11-20T10:00:00Z'";
        return "('%s', '%s', %s, 'LINK', 'bio', %s, %s, %s)"
                .formatted(new UUID(number, number), somebody.id(), time, values, values, time);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("Of thirty megabytes little is made before it is read, and nothing of the database is held meanwhile")
    void isMadeAsItIsRead() {
        try (RawConnection slow = ask()) {
            awaitStandstill(slow);
            // The last of the answer; what is made by now is in it all the same.
            Sql.run(context, "DELETE FROM changes WHERE id < '" + new UUID(100, 100) + "'");
            assertThat(Answer.json(slow.read().body()).path("changes")).hasSize(CHANGES - 100);
        }
    }

    @Test
    @DisplayName("An answer that cannot be written to its end is cut off, so that nobody takes it for whole")
    void isCutOffWhenTheDatabaseFails() {
        try (RawConnection slow = ask()) {
            awaitStandstill(slow);
            Sql.run(context, "ALTER TABLE changes RENAME TO away");
            assertThatThrownBy(slow::read).isInstanceOf(NumberFormatException.class);
            assertThat(slow.isClosed()).isTrue();
        }
    }

    private RawConnection ask() {
        return new RawConnection(server)
                .send("GET /profile/me/export HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    }

    /** Until the answer has begun and the server has asked the database for nothing for a while. */
    private void awaitStandstill(RawConnection slow) {
        await().atMost(Duration.ofSeconds(30))
                .during(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> slow.hasAnswer() && busyConnections() == 0);
    }

    private int busyConnections() {
        return ((HikariDataSource) DelegatingDataSource.unwrapDataSource(context.getBean(DataSource.class)))
                .getHikariPoolMXBean()
                .getActiveConnections();
    }
}
