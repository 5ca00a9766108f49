package dev.latchkey.campaign;

import dev.latchkey.support.Folders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A PostgreSQL with a disk of its own, to be killed and started again on the same port. */
final class Postgres implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);

    private final Path folder = Folders.temporary();
    private EmbeddedPostgres server = start(0);

    Map<String, String> settings() {
        return Map.of(
                "DATASOURCES_DEFAULT_URL", server.getJdbcUrl("postgres", "postgres"),
                "DATASOURCES_DEFAULT_USERNAME", "postgres",
                "DATASOURCES_DEFAULT_PASSWORD", "postgres");
    }

    /** Every process of it, by SIGKILL. */
    void kill() {
        try {
            long postmaster = Long.parseLong(
                    Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
            ProcessHandle first = ProcessHandle.of(postmaster).orElseThrow();
            List<ProcessHandle> all = first.descendants().toList();
            first.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
            first.onExit().join();
            all.forEach(process -> process.onExit().join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On the data that it left. */
    void restart() {
        int port = server.getPort();
        // It is dead, but this end of it still holds the folder's lock.
        close(server);
        server = start(port);
    }

    private EmbeddedPostgres start(int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    // The defaults of this library are for tests that may lose everything.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setPGStartupWait(START)
                    .setPort(port)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        close(server);
        Folders.delete(folder);
    }
}
