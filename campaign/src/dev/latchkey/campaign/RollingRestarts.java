package dev.latchkey.campaign;

import static org.awaitility.Awaitility.await;

import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.Residents;
import dev.latchkey.support.SmtpSink;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Three nodes behind a balancer, ended by SIGTERM and started again one after another; no caller notices. */
final class RollingRestarts implements Trial {
    static final Planted ABRUPT = new Planted(
            "the process ends at once, whoever is being answered",
            "Application.java",
            "                stop(context);",
            "                Runtime.getRuntime().halt(0);");

    private static final int CALLERS = 16;
    private static final int PEOPLE = 300;

    private final SmtpSink sink = SmtpSink.start();
    private final List<LatchkeyJar> nodes;
    private final Balancer balancer;
    private final Residents residents;
    private int next;

    RollingRestarts(Servers servers) {
        nodes = servers.three(sink);
        balancer = new Balancer(nodes);
        residents = new Residents(nodes.getFirst());
    }

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) {
        int node = next++ % nodes.size();
        int before = balancer.sentAgain();
        List<Jobs.Job> jobs;
        try (Jobs load = new Jobs(residents.many(PEOPLE), CALLERS, balancer, Set.of(), sink, findings)) {
            load.awaitSuccesses(chance.nextInt(1, PEOPLE));
            nodes.get(node).close();
            nodes.get(node).restart();
            jobs = load.finish();
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> balancer.isReady(node));
        findings.count("requests sent again", balancer.sentAgain() - before);
        jobs.stream()
                .filter(job -> Jobs.Job.statusOf(job.init) != 202 || (job.tried && Jobs.Job.statusOf(job.save) != 200))
                .forEach(job -> findings.violation("%s: a request failed", job.email));
        // One that was sent again was perhaps answered by a node that is gone.
        new Promises(new LatchkeyClient(nodes.getFirst()), residents, sink, 2, findings).check(jobs);
        return 1;
    }

    @Override
    public void close() {
        balancer.close();
        nodes.forEach(LatchkeyJar::close);
        sink.close();
    }
}
