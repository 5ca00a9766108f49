package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.cli.Shell.Said;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import dev.latchkey.support.S3Server;
import dev.latchkey.support.SmtpSink;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckCommandTest {
    private static SmtpSink sink;

    @TempDir
    private Path folder;

    @BeforeAll
    static void listen() {
        sink = SmtpSink.start();
    }

    @AfterAll
    static void close() {
        sink.close();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("A line says of each part that it can be worked with: exit 0, and nothing was changed or sent")
    void findsEverythingFine(Database database) {
        Map<String, Object> place = database.fresh();

        Said before = check(place, Map.of());
        assertThat(before.code()).as(before.out()).isZero();
        assertThat(before.out().lines())
                .hasSize(5)
                .allMatch(line -> line.startsWith("ok "))
                .anyMatch(line -> line.startsWith("ok migrations: ") && line.contains("first start"))
                .contains("ok mail server: 127.0.0.1:" + sink.port() + ", no TLS");
        try (ApplicationContext server = Contexts.start(place, Map.of())) {
            assertThat(check(place, Map.of()).out()).contains("ok migrations: version 1, nothing is pending\n");
            Sql.run(server, "UPDATE flyway_schema_history SET checksum = 1");
            Said changed = check(place, Map.of());
            assertThat(changed.code()).isEqualTo(1);
            assertThat(changed.out()).contains("FAILED migrations: the schema, version 1, does not fit");
        }
        assertThat(sink.received()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("Demo accounts are told with the cure, as a server would not start on them: exit 1")
    void tellsOfDemoAccounts(Database database) {
        Map<String, Object> place = database.fresh();
        try (ApplicationContext server = Contexts.start(place, Map.of())) {
            Account demo = People.somebody(server);
            Sql.run(server, "INSERT INTO demo_accounts (account_id) VALUES ('" + demo.id() + "')");
            Said said = check(place, Map.of());
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.out())
                    .contains(
                            "FAILED database: "
                                    + (database == Database.SQLITE ? "LATCHKEY_DATA_DIR" : "DATASOURCES_DEFAULT_URL")
                                    + ": holds the demo account of the dev environment",
                            demo.email() + ". Name another ",
                            "the command \"account delete\".",
                            "ok migrations: version 1");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("Migrations that the next start will run are named, run by nobody here, and no failure")
    void tellsOfPendingMigrations(Database database) {
        Map<String, Object> place = database.fresh();
        try (ApplicationContext server = Contexts.start(place, Map.of())) {
            Sql.run(server, "UPDATE flyway_schema_history SET version = '0.1', type = 'BASELINE', checksum = NULL");
            Said said = check(place, Map.of());
            assertThat(said.out())
                    .contains(
                            "ok migrations: version 0.1; pending, and run at the next start: 1 schema. Back up before");
            assertThat(said.code()).isZero();
            assertThat(Sql.count(server, "SELECT count(*) FROM flyway_schema_history"))
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName(
            "A bucket is looked at, and one that is not there, refuses the key or cannot be reached is told: exit 1")
    void looksAtTheBucket() {
        try (S3Server s3 = new S3Server()) {
            Map<String, Object> bucket = s3.bucket();
            Said fine = check(Database.SQLITE.fresh(), bucket);
            assertThat(fine.out()).contains("ok bucket: " + bucket.get("latchkey.s3.bucket") + " is there");
            assertThat(fine.code()).isZero();

            Map<String, Object> refused = new HashMap<>(bucket);
            refused.put("latchkey.s3.secret-key", "another-secret-key");
            Map<String, Object> away = new HashMap<>(bucket);
            away.put("latchkey.s3.endpoint", "http://127.0.0.1:9");
            for (Map<String, Object> wrong : List.of(s3.settings("no-such-bucket"), refused, away)) {
                Said said = check(Database.SQLITE.fresh(), wrong);
                assertThat(said.code()).isEqualTo(1);
                assertThat(said.out()).contains("FAILED bucket: LATCHKEY_S3_");
            }
        }
    }

    @Test
    @DisplayName("Nothing is made, neither data directory nor database")
    void makesNothing() {
        Said said = check(
                Map.of("datasources.default.url", "jdbc:sqlite:"),
                Map.of("latchkey.data-dir", folder.resolve("data").toString()));

        assertThat(said.code()).as(said.out()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("Each mistake is a line with its cure, and what can be looked at all the same is: exit 1")
    void tellsEachMistake() throws IOException {
        Path file = Files.writeString(folder.resolve("other.db"), "This is no database. ".repeat(100));
        Said said = check(
                Map.of("datasources.default.url", "jdbc:sqlite:" + file),
                Map.of("latchkey.base-url", "http://id.example.org", "latchkey.link-lifetime", "abc"));

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains(
                        "FAILED settings: LATCHKEY_BASE_URL: is not https. ",
                        "FAILED settings: LATCHKEY_LINK_LIFETIME: is \"abc\". ",
                        "FAILED database: DATASOURCES_DEFAULT_URL: the database cannot be used (",
                        "FAILED migrations: not looked at",
                        "FAILED mail server: not looked at, as its settings are wrong.",
                        "ok bucket: none is needed");
        assertThat(file).hasContent("This is no database. ".repeat(100));
    }

    @Test
    @DisplayName("A mail server that is away or refuses to talk is told with the cure: exit 1")
    void tellsOfAMailServerThatIsAway() {
        Said away = check(Database.SQLITE.fresh(), Map.of("latchkey.smtp.port", 9));

        assertThat(away.code()).isEqualTo(1);
        assertThat(away.out())
                .contains("FAILED mail server: 127.0.0.1:9: Connection refused. Check LATCHKEY_SMTP_HOST and");
    }

    @Test
    @DisplayName("A mail server without STARTTLS is told where it is wanted: exit 1")
    void tellsOfAMailServerWithoutEncryption() {
        Said said = check(Database.SQLITE.fresh(), Map.of("latchkey.smtp.tls", "starttls"));

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("FAILED mail server: 127.0.0.1:" + sink.port(), "Check LATCHKEY_SMTP_TLS");
    }

    private static Said check(Map<String, Object> database, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("latchkey.smtp.port", sink.port()));
        all.putAll(settings);
        return Shell.on(database, all).run("check");
    }
}
