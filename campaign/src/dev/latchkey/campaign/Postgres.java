package dev.latchkey.campaign;

import dev.latchkey.support.Folders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A PostgreSQL with a disk of its own, to be killed with what it had not flushed, and started again on the same port. */
final class Postgres implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final Shim shim = new Shim();
    private final Path folder = Folders.temporary();
    private final Path data = folder.resolve("data");
    private final PageCache cache = new PageCache(data, folder.resolve("unflushed"));
    private final List<String> command;
    private final String url;
    private Process server;

    Postgres() {
        try (EmbeddedPostgres made = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // The defaults of this library are for tests that may lose everything.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setPGStartupWait(START)
                .start()) {
            Files.createDirectory(folder.resolve("unflushed"));
            url = made.getJdbcUrl("postgres", "postgres");
            command = words(Files.readString(data.resolve("postmaster.opts")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = start();
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }

    Map<String, String> settings() {
        return Map.of(
                "DATASOURCES_DEFAULT_URL", url,
                "DATASOURCES_DEFAULT_USERNAME", "postgres",
                "DATASOURCES_DEFAULT_PASSWORD", "postgres");
    }

    /**
     * Every process of it, by SIGKILL, and then what no flush covered.
     *
     * @return how many writes were lost
     */
    int kill(RandomGenerator chance) {
        List<ProcessHandle> others = server.descendants().toList();
        server.destroyForcibly().onExit().join();
        others.forEach(ProcessHandle::destroyForcibly);
        others.forEach(process -> process.onExit().join());
        try {
            return cache.lose(chance);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On the data that it left. */
    void restart() {
        server = start();
    }

    private Process start() {
        Process started = run(command);
        Awaitility.await().atMost(START).until(this::answers);
        return started;
    }

    /** It refuses to be root; without a name it is nobody in particular, who owns the same files. */
    private Process run(List<String> words) {
        List<String> all = new ArrayList<>(words);
        if ("root".equals(System.getProperty("user.name"))) {
            all.addAll(0, List.of("unshare", "-U"));
        }
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().putAll(shim.settings());
        builder.environment().putAll(cache.settings());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try {
            DriverManager.getConnection(url, "postgres", "postgres").close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        String control = Path.of(command.getFirst()).resolveSibling("pg_ctl").toString();
        run(List.of(control, "-D", data.toString(), "-m", "immediate", "stop"))
                .onExit()
                .join();
        server.onExit().join();
        shim.close();
        Folders.delete(folder);
    }
}
