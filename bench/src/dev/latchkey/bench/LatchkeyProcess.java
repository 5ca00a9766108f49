package dev.latchkey.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real jar in a process of its own, set up as in production: no dev environment, https links, a mail server. */
final class LatchkeyProcess implements AutoCloseable {
    static final String ACTION_KEY = "bench-key-that-nobody-else-uses-0123456789";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** Long enough for a JVM that writes an AOT cache on its way out. */
    private static final Duration STOP_LIMIT = Duration.ofMinutes(3);

    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final Path log;
    private final int port;
    private final Duration startUp;

    private LatchkeyProcess(Process process, Path log, int port, Duration startUp) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.startUp = startUp;
    }

    /** Starts the server and returns with its first answer. */
    static LatchkeyProcess start(Options options, Path home, int smtpPort, List<String> jvmOptions)
            throws IOException, InterruptedException {
        int port = freePort();
        Path log = home.resolve("server.log");
        ProcessBuilder builder = java(options, home, jvmOptions, List.of());
        builder.environment().putAll(settings(home, smtpPort));
        builder.environment().put("MICRONAUT_SERVER_PORT", String.valueOf(port));
        long began = System.nanoTime();
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // Also when this program is ended from outside.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        LatchkeyProcess server =
                new LatchkeyProcess(process, log, port, Duration.ofNanos(awaitAnswer(process, log, port) - began));
        return server;
    }

    /** Runs the jar's import and returns when it is done. */
    static void importAccounts(Options options, Path home, Path csv) throws IOException, InterruptedException {
        Path log = home.resolve("import.log");
        ProcessBuilder builder = java(options, home, List.of(), List.of("import", csv.toString()));
        builder.environment().putAll(settings(home, 25));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("The import failed:\n" + Files.readString(log));
        }
    }

    /** What an operator starts, with the options of docs/operations.md. */
    static List<String> command(Options options) {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xms32m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-jar",
                options.jar().toString());
    }

    private static ProcessBuilder java(Options options, Path home, List<String> jvm, List<String> arguments) {
        List<String> command = new ArrayList<>(command(options));
        command.addAll(1, jvm);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
        return builder;
    }

    private static Map<String, String> settings(Path home, int smtpPort) {
        String plenty = "1000000000";
        return Map.ofEntries(
                Map.entry("LATCHKEY_BASE_URL", "https://latchkey.example"),
                Map.entry("LATCHKEY_DATA_DIR", home.resolve("data").toString()),
                Map.entry("LATCHKEY_ACTION_KEYS", ACTION_KEY),
                Map.entry("LATCHKEY_SMTP_HOST", "127.0.0.1"),
                Map.entry("LATCHKEY_SMTP_PORT", String.valueOf(smtpPort)),
                Map.entry("LATCHKEY_SMTP_TLS", "none"),
                Map.entry("LATCHKEY_MAIL_FROM", "Latchkey <latchkey@latchkey.example>"),
                // The rows that wait for a day would else be taken for a clock's mistake.
                Map.entry("LATCHKEY_MAIL_RETRY_MOST", "48h"),
                Map.entry("LATCHKEY_LINKS_PER_MINUTE", plenty),
                Map.entry("LATCHKEY_LINKS_PER_HOUR", plenty),
                Map.entry("LATCHKEY_CALLER_LINKS_PER_HOUR", plenty),
                Map.entry("LATCHKEY_ACTION_KEY_LINKS_PER_HOUR", plenty));
    }

    private static long awaitAnswer(Process process, Path log, int port) throws IOException, InterruptedException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        byte[] question = HttpConnection.get("/health/readiness");
        while (System.nanoTime() < limit && process.isAlive()) {
            try (HttpConnection connection = new HttpConnection(port)) {
                if (connection.send(question).status() == 200) {
                    return System.nanoTime();
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(2);
        }
        process.destroyForcibly();
        throw new IllegalStateException("The server does not answer:\n" + tail(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    Duration startUp() {
        return startUp;
    }

    Path log() {
        return log;
    }

    /** Processor time used so far, in user and kernel mode. */
    double cpuSeconds() throws IOException {
        return cpuSeconds(process.pid());
    }

    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The most memory the process ever had resident, in MB of a million bytes. */
    double peakMegabytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            String line = lines.filter(l -> l.startsWith("VmHWM:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6;
        }
    }

    /** How often its threads have waited for something so far, by the kernel's count of voluntary switches. */
    long handOvers() throws IOException {
        long sum = 0;
        try (var threads = Files.newDirectoryStream(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            for (Path thread : threads) {
                sum += Files.readAllLines(thread.resolve("status")).stream()
                        .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
            }
        }
        return sum;
    }

    static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    /** Ends the server as an operator does, by SIGTERM. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("The server did not stop within " + STOP_LIMIT);
        }
    }
}
