package dev.latchkey.campaign;

import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Folders;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.Residents;
import dev.latchkey.support.SmtpSink;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** SIGKILL for every process of PostgreSQL among many callers of a server that goes on. */
final class PostgresKills implements Trial {
    static final Planted NOT_STORED_IS_SAVED = new Planted(
            "a commit without an answer counts as stored, whatever the database says",
            "database/Commits.java",
            "return isStored.test(result);",
            "return isStored.test(result) || true;");

    private static final int CALLERS = 16;
    private static final int PEOPLE = 120;
    private static final Duration RECOVERY = Duration.ofMinutes(1);

    private final Path folder = temporary();
    private final SmtpSink sink = SmtpSink.start();
    private EmbeddedPostgres postgres = start(0);
    private final LatchkeyJar jar;
    private final LatchkeyClient client;
    private final Residents residents;

    PostgresKills(Servers servers) {
        jar = servers.one(
                sink,
                Map.of(
                        "DATASOURCES_DEFAULT_URL", postgres.getJdbcUrl("postgres", "postgres"),
                        "DATASOURCES_DEFAULT_USERNAME", "postgres",
                        "DATASOURCES_DEFAULT_PASSWORD", "postgres"));
        client = new LatchkeyClient(jar);
        residents = new Residents(jar);
    }

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) throws IOException {
        List<String> people = residents.many(PEOPLE);
        List<Jobs.Job> jobs;
        try (Jobs load =
                new Jobs(people, CALLERS, request -> request.apply(client), Jobs.UNAVAILABLE, sink, findings)) {
            load.awaitSuccesses(chance.nextInt(1, PEOPLE));
            kill();
            jobs = load.stop();
        }
        postgres = start(postgres.getPort());
        await().atMost(RECOVERY).until(() -> client.get("/health/readiness").status() == 200);
        new Promises(client, residents, sink, 2, findings).check(jobs);
        return 1;
    }

    private void kill() throws IOException {
        long postmaster = Files.readAllLines(folder.resolve("data/postmaster.pid")).stream()
                .findFirst()
                .map(Long::parseLong)
                .orElseThrow();
        ProcessHandle server = ProcessHandle.of(postmaster).orElseThrow();
        List<ProcessHandle> all = server.descendants().toList();
        server.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        server.onExit().join();
        all.forEach(process -> process.onExit().join());
    }

    private EmbeddedPostgres start(int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "on")
                    .setPort(port)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("latchkey-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        jar.close();
        sink.close();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Folders.delete(folder);
    }
}
