package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.FreePort;
import dev.latchkey.support.RawConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
final class ApplicationTest {
    /** Of a start on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path home;

    @Test
    @DisplayName("An unsafe configuration ends at once, with one line for each mistake")
    void refusesUnsafeSettings() throws Exception {
        Ended ended = run(Map.of("LATCHKEY_BASE_URL", "http://id.example.com", "LATCHKEY_LINK_LIFETIME", "abc"));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors())
                .containsExactlyInAnyOrder(
                        "LATCHKEY_BASE_URL: is not https. Set it to an origin such as https://id.example.com.",
                        "LATCHKEY_LINK_LIFETIME: is \"abc\". Set it to a duration such as 30s, 15m or 2h.");
        assertThat(home.resolve("data/latchkey.db")).doesNotExist();
    }

    @Test
    @DisplayName("A port that is taken ends in one line that says so")
    void explainsATakenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Ended ended = run(Map.of("MICRONAUT_SERVER_PORT", String.valueOf(taken.getLocalPort())));

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.errors())
                    .containsExactly("MICRONAUT_SERVER_PORT: the port cannot be opened (Address already in use)."
                            + " Stop what uses it, or choose another port.");
        }
    }

    @Test
    @DisplayName("An admin port that is taken is told from the other one")
    void explainsATakenAdminPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Ended ended = run(Map.of(
                    "MICRONAUT_SERVER_PORT", String.valueOf(FreePort.next()),
                    "LATCHKEY_ADMIN_PORT", String.valueOf(taken.getLocalPort()),
                    "LATCHKEY_ADMIN_KEYS", "an-admin-key-of-32-characters-or-more"));

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.errors())
                    .containsExactly("LATCHKEY_ADMIN_PORT: the port cannot be opened at 127.0.0.1 (Address already in"
                            + " use). Stop what uses it, or choose another port or LATCHKEY_ADMIN_HOST.");
        }
    }

    @Test
    @DisplayName("A database that is not there ends in one line that says so")
    void explainsAnAbsentDatabase() throws Exception {
        Ended ended = run(Map.of("DATASOURCES_DEFAULT_URL", "jdbc:postgresql://127.0.0.1:9/latchkey"));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).singleElement().asString().startsWith("DATASOURCES_DEFAULT_URL: ");
    }

    @Test
    @DisplayName("Data of the dev environment, whose demo passphrase is published, is refused in production")
    void refusesTheDemoAccount() throws Exception {
        int port = FreePort.next();
        Process dev = start(Map.of(
                "MICRONAUT_ENVIRONMENTS", "dev",
                "MICRONAUT_SERVER_PORT", String.valueOf(port),
                "LATCHKEY_DEV_SMTP_PORT", "0",
                "LATCHKEY_DEV_IMAP_PORT", "0"));
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> answers(port));
        } finally {
            dev.destroyForcibly().waitFor();
        }
        Ended ended = run(Map.of("MICRONAUT_SERVER_PORT", String.valueOf(FreePort.next())));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors())
                .singleElement()
                .asString()
                .startsWith("LATCHKEY_DATA_DIR: holds the demo account")
                .contains("ada@example.com")
                .endsWith(
                        ". Name another directory, or delete this one, or, where real people are in it, delete each of"
                                + " these accounts with the command \"account delete\".");
    }

    @Test
    @DisplayName("A mistyped command prints the usage and opens nothing")
    void explainsItsUse() throws Exception {
        Ended ended = run(Map.of(), "improt");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).first().isEqualTo("There is no command \"improt\".");
        assertThat(ended.errors()).anyMatch(line -> line.startsWith("usage: java -jar latchkey.jar"));
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    @DisplayName("A command without the file it works on prints the usage and opens nothing")
    void asksForTheFileOfACommand() throws Exception {
        Ended ended = run(Map.of(), "import");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).first().isEqualTo("Missing required parameter: 'FILE'");
        assertThat(ended.errors()).anyMatch(line -> line.startsWith("usage: java -jar latchkey.jar"));
        assertThat(ended.output()).isEmpty();
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    @DisplayName("Help is given for the program and for each command, and names the environment to try it in")
    void helps() throws Exception {
        Ended program = run(Map.of(), "--help");
        Ended command = run(Map.of(), "outbox", "--help");

        assertThat(program.code()).isZero();
        assertThat(program.output()).contains("MICRONAUT_ENVIRONMENTS=dev").contains("--version");
        assertThat(command.code()).isZero();
        assertThat(command.output()).startsWith("usage: java -jar latchkey.jar outbox");
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    @DisplayName("The version is printed without a start")
    void tellsItsVersion() throws Exception {
        Ended ended = run(Map.of("LATCHKEY_BASE_URL", "http://id.example.com"), "--version");

        assertThat(ended.code()).isZero();
        assertThat(ended.output()).startsWith("Latchkey ").hasLineCount(1);
        assertThat(ended.errors()).isEmpty();
    }

    @Test
    @DisplayName("A variable that begins like ours and is none is named at the start, with the nearest one there is")
    void namesUnknownVariables() throws Exception {
        Ended ended = run(Map.of(
                "LATCHKEY_LINK_LIFETIM", "5m",
                "LATCHKEY_BASE_URL", "http://id.example.com",
                "OTEL_EXPORTER_OTLP_ENDPIONT", "http://localhost:4318",
                "OTEL_SERVICE_NAME", "id",
                "OTEL_JAVAAGENT_ENABLED", "false"));

        assertThat(ended.output())
                .contains("WARN")
                .contains("LATCHKEY_LINK_LIFETIM: is no setting of Latchkey and changes nothing."
                        + " The nearest one is LATCHKEY_LINK_LIFETIME.")
                .contains("OTEL_EXPORTER_OTLP_ENDPIONT: is no variable of OpenTelemetry and changes nothing."
                        + " The nearest one is OTEL_EXPORTER_OTLP_ENDPOINT.")
                .doesNotContain("OTEL_SERVICE_NAME", "OTEL_JAVAAGENT_ENABLED")
                .doesNotContain("LATCHKEY_BASE_URL");
    }

    @Test
    @DisplayName("The plugin needs the base URL alone and opens nothing")
    void writesThePluginWithoutData() throws Exception {
        Ended written = run(Map.of("LATCHKEY_SMTP_HOST", "", "LATCHKEY_MAIL_FROM", ""), "plugin", "out.zip");
        Ended again = run(Map.of(), "plugin", "out.zip");
        Ended unsafe = run(Map.of("LATCHKEY_BASE_URL", "http://id.example.com"), "plugin", "other.zip");

        assertThat(written.code()).isZero();
        assertThat(written.errors()).isEmpty();
        assertThat(home.resolve("out.zip")).isNotEmptyFile();
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.errors())
                .containsExactly("There is something at out.zip already. Remove it, or name another file.");
        assertThat(unsafe.code()).isEqualTo(1);
        assertThat(unsafe.errors())
                .containsExactly(
                        "LATCHKEY_BASE_URL: is not https. Set it to an origin such as https://id.example.com.");
        assertThat(home.resolve("other.zip")).doesNotExist();
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    @DisplayName("A request that has begun is answered before the server stops")
    void finishesRequestsBeforeItStops() throws Exception {
        int port = FreePort.next();
        Process process = start(Map.of("MICRONAUT_SERVER_PORT", String.valueOf(port), "TEST_EDGE", "true"));
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> answers(port));
            try (RawConnection connection = new RawConnection("127.0.0.1", port)) {
                // Until the server has read the head there is no request to finish.
                connection
                        .send("POST /test-edge/json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                                + "Expect: 100-continue\r\nContent-Length: 15\r\n\r\n")
                        .awaitContinue()
                        .send("{\"text\":");
                process.destroy();
                Awaitility.await().atMost(PATIENCE).until(() -> !answers(port));

                assertThat(connection.send("\"late\"}").read().status()).isEqualTo(200);
            }
            assertThat(process.waitFor(PATIENCE)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private record Ended(int code, String output, List<String> errors) {}

    private Ended run(Map<String, String> settings, String... arguments) throws IOException, InterruptedException {
        Process process = start(settings, arguments);
        try {
            assertThat(process.waitFor(PATIENCE)).isTrue();
            return new Ended(
                    process.exitValue(),
                    Files.readString(home.resolve("out")),
                    Files.readAllLines(home.resolve("err")));
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(Map<String, String> settings, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.latchkey.Application"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(home.resolve("out").toFile())
                .redirectError(home.resolve("err").toFile());
        Map<String, String> environment = new HashMap<>(Map.of(
                "LATCHKEY_BASE_URL", "https://id.example.com",
                "LATCHKEY_SMTP_HOST", "127.0.0.1",
                "LATCHKEY_MAIL_FROM", "latchkey@example.com",
                "MICRONAUT_ENVIRONMENTS", "plain"));
        environment.putAll(settings);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static boolean answers(int port) {
        try (RawConnection connection = new RawConnection("127.0.0.1", port)) {
            return connection
                            .send("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                            .read()
                            .status()
                    > 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
