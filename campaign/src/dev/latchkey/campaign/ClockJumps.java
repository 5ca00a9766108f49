package dev.latchkey.campaign;

import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Folders;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.Residents;
import dev.latchkey.support.SmtpSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The wall clock jumps, forward or back, by hours or weeks, among callers, and is put right again. */
final class ClockJumps implements Trial {
    static final Planted FORGETS = new Planted(
            "a link that somebody was told is over is forgotten at once",
            "magiclink/RanOutLinks.java",
            "seen.add(linkId);",
            "seen.remove(linkId);");

    private static final List<Duration> JUMPS = List.of(
            Duration.ofMinutes(20),
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofDays(40),
            Duration.ofMinutes(-20),
            Duration.ofHours(-1),
            Duration.ofDays(-1),
            Duration.ofDays(-40));

    /** A link that was sent before a jump has run out after it. */
    private static final Set<Integer> RUN_OUT = Set.of(410);

    private static final int CALLERS = 8;
    private static final int PEOPLE = 24;

    private final Path folder = StorageFaults.temporary();
    private final Shim shim = new Shim(folder);
    private final SmtpSink sink = SmtpSink.start();
    private final LatchkeyJar jar;
    private final LatchkeyClient client;
    private final Residents residents;

    ClockJumps(Servers servers) {
        jar = servers.one(sink, shim.settings());
        client = new LatchkeyClient(jar);
        residents = new Residents(jar);
    }

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) throws Exception {
        List<String> owners = residents.many(2);
        Map<String, List<String>> links = new Mailbox(sink).tokens(owners, 1, client);
        String used = links.get(owners.getFirst()).getFirst();
        String open = links.get(owners.getLast()).getFirst();
        client.save(Map.of("token", used, "bio", "Before"));
        awaitEverythingSent();

        Duration jump = JUMPS.get(chance.nextInt(JUMPS.size()));
        shim.clock(jump.toSeconds());
        int thereUsed = client.load(used).status();
        int thereOpen = client.load(open).status();
        findings.promise(thereUsed == 410, "by %s, a used link answers %d", jump, thereUsed);
        List<String> people = residents.many(PEOPLE);
        List<Jobs.Job> jobs;
        try (Jobs load = new Jobs(people, CALLERS, request -> request.apply(client), RUN_OUT, sink, findings)) {
            load.awaitSuccesses(chance.nextInt(1, 2 * PEOPLE));
            if (chance.nextInt(4) == 0) {
                jar.kill();
                findings.count("kill -9 meanwhile");
                load.stop();
                jar.restart();
            }
            shim.clock(0);
            jobs = load.finish();
        }
        int usedAfter = client.load(used).status();
        int openAfter = client.load(open).status();
        findings.promise(usedAfter == 410, "after %s, a used link answers %d", jump, usedAfter);
        findings.promise(
                thereOpen == 200 || openAfter == 410, "after %s, a link that had run out answers %d", jump, openAfter);
        checkLater(jobs, jump, findings);
        return 1;
    }

    /** What was promised while the clock was wrong; and that everybody can ask now that it is right. */
    private void checkLater(List<Jobs.Job> jobs, Duration jump, Findings findings) {
        new Promises(client, residents, sink, 2, findings).checkMailed(jobs);
        String email = residents.somebody();
        int status = client.init(email).status();
        findings.promise(status == 202, "after %s, Init answers %d", jump, status);
    }

    private void awaitEverythingSent() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !residents.hasWaiting("edit-link") && !residents.hasWaiting("changed"));
    }

    @Override
    public void close() {
        shim.clock(0);
        jar.close();
        sink.close();
        shim.close();
        Folders.delete(folder);
    }
}
