package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.account.Account;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import dev.latchkey.support.SmtpSink;
import dev.latchkey.support.StatementCount;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What one job asks of the database and of the mail server is no more than docs/performance.md says. */
class JobCostTest {
    private static final int TIMES = 5;
    private static final Duration QUIET = Duration.ofMillis(200);
    private static final Pattern ROW = Pattern.compile("\\| ([^|]+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|");
    private static final Pattern TOKEN = Pattern.compile("/edit/([0-9a-z]+)");

    private final Map<String, Cost> least = new LinkedHashMap<>();

    @Test
    void aJobTakesNoMoreThanItsTableSays() throws IOException, SQLException {
        try (SmtpSink sink = SmtpSink.start();
                EmbeddedServer server = Contexts.serve(
                        Database.SQLITE,
                        Map.of(
                                "test.statement-count",
                                true,
                                "latchkey.smtp.port",
                                sink.port(),
                                "latchkey.links-per-minute",
                                2 * TIMES,
                                "latchkey.links-per-hour",
                                2 * TIMES))) {
            StatementCount count = server.getApplicationContext().getBean(StatementCount.class);
            String url = server.getApplicationContext().getRequiredProperty("datasources.default.url", String.class);
            Account ada = People.somebody(server.getApplicationContext());
            Api api = new Api(server);
            try (Connection beside = DriverManager.getConnection(url)) {
                for (int i = 0; i <= TIMES; i++) {
                    String bio = "Bio number " + i;
                    Steps steps = new Steps(count, sink, beside, i == 0);
                    steps.take(
                            "Init, until its mail is out",
                            202,
                            () -> api.post(
                                    "/api/update/init",
                                    Map.of("email", ada.email().value()),
                                    "Authorization",
                                    "Bearer " + Api.KEY));
                    String token = tokenIn(sink);
                    steps.take("Load, first look", 200, () -> api.post("/api/update/load", Map.of("token", token)));
                    steps.take("Load", 200, () -> api.post("/api/update/load", Map.of("token", token)));
                    steps.take("The page", 200, () -> api.get("/edit/" + token, "Accept", "text/html"));
                    steps.take(
                            "Save, until its notice is out",
                            200,
                            () -> api.post("/api/update/save", Map.of("token", token, "bio", bio)));
                }
            }
        }
        assertThat(least).isEqualTo(published());
    }

    private static String tokenIn(SmtpSink sink) {
        Matcher token = TOKEN.matcher(sink.received().getLast().source().replace("=\r\n", ""));
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private Map<String, Cost> published() throws IOException {
        Map<String, Cost> costs = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("docs/performance.md")));
        while (row.find()) {
            if (least.containsKey(row.group(1))) {
                costs.put(row.group(1), new Cost(number(row, 2), number(row, 3), number(row, 4)));
            }
        }
        return costs;
    }

    private static int number(Matcher row, int group) {
        return Integer.parseInt(row.group(group));
    }

    private record Cost(int statements, int commits, int mails) {
        Cost least(Cost other) {
            return new Cost(
                    Math.min(statements, other.statements),
                    Math.min(commits, other.commits),
                    Math.min(mails, other.mails));
        }
    }

    /** Takes steps one at a time; the first job of all finds caches empty and counts for nothing. */
    private final class Steps {
        private final StatementCount count;
        private final SmtpSink sink;
        private final Connection beside;
        private final boolean warmUp;
        private Cost last = new Cost(0, 0, 0);

        /** @param beside what is asked on it counts for nothing */
        Steps(StatementCount count, SmtpSink sink, Connection beside, boolean warmUp) {
            this.count = count;
            this.sink = sink;
            this.beside = beside;
            this.warmUp = warmUp;
        }

        void take(String name, int status, Supplier<Answer> step) {
            Cost before = now();
            assertThat(step.get().status()).as(name).isEqualTo(status);
            last = before;
            await().pollInterval(QUIET).until(this::isStill);
            Cost after = now();
            if (!warmUp) {
                Cost cost = new Cost(
                        after.statements - before.statements,
                        after.commits - before.commits,
                        after.mails - before.mails);
                least.merge(name, cost, Cost::least);
            }
        }

        private boolean isStill() throws SQLException {
            Cost seen = now();
            boolean still = seen.equals(last) && nothingWaits();
            last = seen;
            return still;
        }

        /** A mail that was accepted is no end: it is then taken out of the outbox. */
        private boolean nothingWaits() throws SQLException {
            try (Statement statement = beside.createStatement();
                    ResultSet waiting = statement.executeQuery("SELECT 1 FROM outbox")) {
                return !waiting.next();
            }
        }

        private Cost now() {
            return new Cost(count.statements(), count.commits(), sink.received().size());
        }
    }
}
