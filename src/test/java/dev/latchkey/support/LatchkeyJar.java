package dev.latchkey.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The jar that people run, in processes of its own: started, killed and started again on one data directory and one
 * port, with every word it says kept.
 */
public final class LatchkeyJar implements AutoCloseable {
    public static final String ACTION_KEY = Api.KEY;

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    /** The jar of this build. */
    public static final Path JAR = Path.of(System.getProperty("latchkey.jar", "target/latchkey.jar"));

    private static final List<String> SHORT_LIVED = List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1");

    private final Path jar;
    private final List<String> options;
    private final Path home;
    private final Map<String, String> settings;
    private final int port;
    private Process process;

    private LatchkeyJar(Path jar, List<String> options, Path home, Map<String, String> settings) {
        this.jar = jar;
        this.options = options;
        this.home = home;
        this.settings = settings;
        port = FreePort.next();
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
        process = launch();
    }

    /** Insecure on purpose, with the embedded inbox; answers when this returns. */
    public static LatchkeyJar dev(Map<String, String> settings) {
        return dev(List.of(), settings);
    }

    /** The same with more options for its JVM. */
    static LatchkeyJar dev(List<String> options, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "MICRONAUT_ENVIRONMENTS", "dev",
                "LATCHKEY_DEV_SMTP_PORT", String.valueOf(FreePort.next()),
                "LATCHKEY_DEV_IMAP_PORT", String.valueOf(FreePort.next())));
        all.putAll(settings);
        return started(JAR, options, all);
    }

    /** As on a real server: links are https, mail goes to a server outside; answers when this returns. */
    public static LatchkeyJar production(int smtpPort, Map<String, String> settings) {
        return production(JAR, List.of(), smtpPort, settings);
    }

    /** The same of another jar, with more options for its JVM. */
    public static LatchkeyJar production(Path jar, List<String> options, int smtpPort, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "LATCHKEY_BASE_URL", "https://latchkey.example",
                "LATCHKEY_SMTP_HOST", "127.0.0.1",
                "LATCHKEY_SMTP_PORT", String.valueOf(smtpPort),
                "LATCHKEY_SMTP_TLS", "none",
                "LATCHKEY_MAIL_FROM", "Latchkey <latchkey@latchkey.example>"));
        all.putAll(settings);
        return started(jar, options, all);
    }

    /** The environment variables for these settings. */
    public static Map<String, String> variables(Map<String, Object> settings) {
        Map<String, String> variables = new HashMap<>();
        settings.forEach((key, value) ->
                variables.put(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value.toString()));
        return variables;
    }

    private static LatchkeyJar started(Path jar, List<String> options, Map<String, String> settings) {
        LatchkeyJar started = new LatchkeyJar(jar, options, Database.temporaryFolder(), settings);
        started.awaitAnswer();
        return started;
    }

    /** Ends it as a power cut does, by SIGKILL, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again after {@link #kill}; answers when this returns. */
    public void restart() {
        process = launch();
        awaitAnswer();
    }

    /** Ends it as an operator does, by SIGTERM. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
                throw new IllegalStateException("Did not stop within " + STOP_LIMIT + ":\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /** The process that runs now. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Where it serves; browsers and links say {@code localhost}, too. */
    public String origin() {
        return "http://localhost:" + port;
    }

    /** The value of a variable it was started with; null where it was not set. */
    public @Nullable String setting(String variable) {
        return settings.get(variable);
    }

    /** Everything it said on both outputs since the first start. */
    public String output() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same from some byte on. */
    public String output(long from) {
        try (InputStream said = Files.newInputStream(log())) {
            said.skipNBytes(from);
            return new String(said.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SQLite file, generated secret and photos. */
    public Path dataDirectory() {
        return home.resolve("data");
    }

    /** The database file, to be opened beside the running server. */
    public String databaseUrl() {
        return settings.getOrDefault(
                "DATASOURCES_DEFAULT_URL", "jdbc:sqlite:" + dataDirectory().resolve("latchkey.db"));
    }

    /** Runs one of the jar's commands beside the server, with the same settings. */
    public Outcome run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** The same with some settings that are others. */
    public Outcome run(Map<String, String> others, String... arguments) {
        Path output = home.resolve("command.log");
        ProcessBuilder command =
                java(List.of(arguments)).redirectErrorStream(true).redirectOutput(output.toFile());
        command.environment().putAll(others);
        try {
            Process running = command.start();
            if (!running.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly();
                throw new IllegalStateException(
                        "Did not end within " + COMMAND_LIMIT + ":\n" + Files.readString(output));
            }
            return new Outcome(running.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A Java that starts this build's jar soon, to be followed by {@code -jar}. */
    public static List<String> java() {
        List<String> java = new ArrayList<>(SHORT_LIVED);
        java.addAll(AotCache.options());
        return java;
    }

    /** How a command ended and what it said on both outputs. */
    public record Outcome(int code, String output) {}

    private Path log() {
        return home.resolve("output.log");
    }

    private Process launch() {
        ProcessBuilder server = java(List.of()).redirectErrorStream(true);
        server.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        try {
            return server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder java(List<String> arguments) {
        List<String> command = new ArrayList<>(options.isEmpty() && jar.equals(JAR) ? java() : SHORT_LIVED);
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
        environment.put("MICRONAUT_SERVER_PORT", String.valueOf(port));
        environment.put("LATCHKEY_DATA_DIR", dataDirectory().toString());
        environment.put("LATCHKEY_ACTION_KEYS", ACTION_KEY);
        environment.putAll(settings);
        return builder;
    }

    private void awaitAnswer() {
        try {
            await().atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !process.isAlive() || isReady());
        } finally {
            if (!process.isAlive()) {
                throw new IllegalStateException("Did not start:\n" + output());
            }
        }
    }

    /** Whether it says so. The port is bound late, so a readable answer means that everything behind it is up. */
    public boolean isReady() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String admin = settings.get("LATCHKEY_ADMIN_PORT");
            Api health = admin == null ? new LatchkeyClient(this) : Api.at(Integer.parseInt(admin));
            return probe.isConnected() && health.get("/health/readiness").status() == 200;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
