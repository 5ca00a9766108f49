package dev.latchkey.campaign;

import static org.awaitility.Awaitility.await;

import dev.latchkey.campaign.Shim.Operation;
import dev.latchkey.support.Folders;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.Residents;
import dev.latchkey.support.SmtpSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** The disk fails at some operation, once or for a while: a write, a flush or a read of the database or its log. */
final class StorageFaults implements Trial {
    static final Planted FAILED_COMMIT_IS_SAVED = new Planted(
            "those whose commit failed are told that it went well",
            "database/sqlite/SqliteBatch.java",
            "if (reason != null) {",
            "if (reason != null && members < 0) {");

    private static final int INPUT_OUTPUT = 5;
    private static final int NO_SPACE = 28;
    private static final int CALLERS = 8;
    private static final int PEOPLE = 60;
    private static final int LATEST = 400;

    private final Path folder = temporary();
    private final Shim shim = new Shim(folder);
    private final SmtpSink sink = SmtpSink.start();
    private final LatchkeyJar jar;
    private final LatchkeyClient client;
    private final Residents residents;

    StorageFaults(Servers servers) {
        jar = servers.one(sink, shim.settings());
        client = new LatchkeyClient(jar);
        residents = new Residents(jar);
    }

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) {
        List<String> people = residents.many(PEOPLE);
        Operation operation = Operation.values()[chance.nextInt(1, Operation.values().length)];
        int error = operation != Operation.READ && chance.nextBoolean() ? NO_SPACE : INPUT_OUTPUT;
        int times = List.of(1, 1, 3, 50, 1_000).get(chance.nextInt(5));
        shim.fail(operation, error, chance.nextInt(LATEST), times);
        List<Jobs.Job> jobs;
        try (Jobs load =
                new Jobs(people, CALLERS, request -> request.apply(client), Jobs.UNAVAILABLE, sink, findings)) {
            load.awaitSuccesses(chance.nextInt(1, 2 * PEOPLE));
            shim.heal();
            if (chance.nextInt(4) == 0) {
                jar.kill();
                findings.count("of them with kill -9");
                jobs = load.stop();
                jar.restart();
            } else {
                jobs = load.finish();
            }
        }
        findings.count("failed operations", shim.hits());
        findings.count(shim.hits() > 0 ? "faults hit: " + operation : "faults that nothing met");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.get("/health/readiness").status() == 200);
        new Promises(client, residents, sink, 2, findings).check(jobs);
        return 1;
    }

    static Path temporary() {
        try {
            return Files.createTempDirectory("latchkey-campaign");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        shim.heal();
        jar.close();
        sink.close();
        shim.close();
        Folders.delete(folder);
    }
}
