package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Answer;
import dev.latchkey.support.FreePort;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of docs/commands.md, run as they stand there, end as the page says and say what stands below them. Ids, times,
 * servers and folders may be others.
 */
class CommandsPageIT {
    private static final String JAR = "java -jar latchkey.jar";
    private static final long PATIENCE_SECONDS = 300;

    /** What is different on each machine: how it looks on the page, and how it may look here. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "[0-9a-f-]{36}",
            "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z",
            "\\w…@[^:]*: .*", "\\S…@\\S+: 550.*",
            "[\\w.]+:\\d+ took it: .*", "[\\w.]+:\\d+ took it: 250.*",
            "/var/lib/latchkey/\\S*", "/\\S*");

    private static LatchkeyJar server;
    private static List<Example> examples;

    @TempDir
    static Path folder;

    /** A command, and the lines below it. */
    private record Example(String command, List<String> says) {}

    private record Ended(int code, List<String> lines) {}

    @BeforeAll
    static void start() throws IOException {
        examples = examples();
        server = LatchkeyJar.dev(Map.of());
        Files.writeString(folder.resolve("users.csv"), "email,pin\nnobody@example.org,12\nsomebody@example.org,\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("Beside a running server: import, outbox, account, mail-test")
    void runsBesideAServer() {
        LatchkeyClient client = new LatchkeyClient(server);
        assertThat(client.post("/dev/faults", Map.of("mails", List.of("550"))).status())
                .isEqualTo(200);
        Answer init = client.accepted("ada@example.com");
        await().until(() -> client.status(init.text("requestId")).text("state").equals("undeliverable"));
        Map<String, String> settings = Map.of(
                "MICRONAUT_ENVIRONMENTS",
                "dev",
                "LATCHKEY_DATA_DIR",
                server.dataDirectory().toString(),
                "LATCHKEY_DEV_SMTP_PORT",
                Objects.requireNonNull(server.setting("LATCHKEY_DEV_SMTP_PORT")));

        runs("import --dry-run", settings, 1);
        runs("outbox", settings, 0);
        runs("outbox retry", settings, 0);
        runs("account block", settings, 0);
        runs("account export", settings, 0);
        runs("account delete", settings, 1);
        runs("mail-test", settings, 0);
        assertThat(folder.resolve("ada.zip")).isNotEmptyFile();
        await().until(() -> client.status(init.text("requestId")).text("state").equals("revoked"));
    }

    @Test
    @DisplayName("Where there is no server yet: a wrong word, check, plugin, serve")
    void runsWhereNothingIsYet() {
        Map<String, String> settings = Map.of(
                "LATCHKEY_BASE_URL", "https://id.example.com",
                "LATCHKEY_DATA_DIR", folder.resolve("data").toString(),
                "LATCHKEY_ACTION_KEYS", LatchkeyJar.ACTION_KEY,
                "LATCHKEY_SMTP_HOST", "127.0.0.1",
                "LATCHKEY_SMTP_PORT", "9",
                "LATCHKEY_SMTP_TLS", "none",
                "LATCHKEY_MAIL_FROM", "Latchkey <latchkey@example.com>");

        runs("improt", settings, 2);
        runs("check", settings, 1);
        assertThat(folder.resolve("data")).doesNotExist();
        runs("plugin", settings, 0);
        assertThat(folder.resolve("out.zip")).isNotEmptyFile();
        Example serve = example("serve");
        run(serve.command().replace("8081", String.valueOf(FreePort.next())), settings, serve.says());
    }

    @Test
    @DisplayName("No example is left out")
    void knowsEachExample() {
        assertThat(examples)
                .extracting(example -> example.command().substring(JAR.length() + 1))
                .allMatch(command -> Pattern.matches(
                        "(improt|serve|import --dry-run|outbox|outbox retry|account (block|export|delete)|check|mail-test"
                                + "|plugin)( .*)?",
                        command))
                .hasSize(11);
    }

    private static void runs(String command, Map<String, String> settings, int code) {
        Example example = example(command);
        Ended ended = run(example.command(), settings, List.of());
        assertThat(ended.code()).as("%s: %s", example.command(), ended.lines()).isEqualTo(code);
        for (String said : example.says()) {
            assertThat(ended.lines()).as(example.command()).anyMatch(line -> line.matches(pattern(said)));
        }
    }

    private static Example example(String command) {
        return examples.stream()
                .filter(example ->
                        (example.command() + " ").matches(Pattern.quote(JAR + " " + command) + " (?!retry).*"))
                .findFirst()
                .orElseThrow();
    }

    private static String pattern(String said) {
        Matcher different =
                Pattern.compile(String.join("|", OTHERWISE.keySet())).matcher(said);
        StringBuilder pattern = new StringBuilder();
        int from = 0;
        while (different.find()) {
            String found = different.group();
            pattern.append(Pattern.quote(said.substring(from, different.start())));
            OTHERWISE.forEach((page, here) -> pattern.append(found.matches(page) ? here : ""));
            from = different.end();
        }
        return pattern.append(Pattern.quote(said.substring(from))).toString();
    }

    /** @param until what it is to say before it is ended; empty where it ends by itself */
    private static Ended run(String command, Map<String, String> settings, List<String> until) {
        Path output = folder.resolve("output-" + Integer.toHexString(command.hashCode()));
        String java = String.join(" ", LatchkeyJar.java());
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", "-c", "exec " + command.replace(JAR, java + " -jar " + LatchkeyJar.JAR.toAbsolutePath()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
        builder.environment().putAll(new HashMap<>(settings));
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            Process process = builder.start();
            try {
                if (!until.isEmpty()) {
                    await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                            .until(() -> Files.readAllLines(output).containsAll(until));
                    process.destroy();
                }
                assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as(command)
                        .isTrue();
                return new Ended(process.exitValue(), Files.readAllLines(output));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<Example> examples() throws IOException {
        List<Example> found = new ArrayList<>();
        Pattern.compile("(?s)```\n(\\$ .*?)```")
                .matcher(Files.readString(Path.of("docs/commands.md")))
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> !line.isBlank())
                .forEach(line -> {
                    if (line.startsWith("$ ")) {
                        found.add(new Example(line.substring(2), new ArrayList<>()));
                    } else {
                        found.getLast().says().add(line);
                    }
                });
        return found;
    }
}
