package dev.latchkey.campaign;

import static org.awaitility.Awaitility.await;

import dev.latchkey.support.LatchkeyJar;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Three nodes behind a balancer, ended by SIGTERM and started again one after another; no caller notices. */
final class RollingRestarts extends UnderLoad {
    static final Planted ABRUPT = new Planted(
            "the process ends at once, whoever is being answered",
            "Application.java",
            "                stop(context);",
            "                Runtime.getRuntime().halt(0);");

    private static final int CALLERS = 16;
    private static final int PEOPLE = 300;

    private final Balancer balancer;
    private int next;

    RollingRestarts(Servers servers) {
        super(servers.three(), CALLERS, PEOPLE);
        balancer = new Balancer(site.nodes());
    }

    @Override
    protected boolean strike(RandomGenerator chance, Findings findings) {
        LatchkeyJar node = site.nodes().get(next++ % site.nodes().size());
        node.close();
        node.restart();
        return true;
    }

    @Override
    protected void heal(RandomGenerator chance, Findings findings) {
        await().atMost(Duration.ofMinutes(1)).until(balancer::allReady);
        findings.count("requests sent again", balancer.sentAgain());
    }

    @Override
    protected Set<Integer> refusals() {
        return Set.of();
    }

    @Override
    protected Jobs.Door door() {
        return balancer;
    }

    /** One that was sent again was perhaps answered by a node that is gone. */
    @Override
    protected void check(Promises promises, List<Jobs.Job> jobs) {
        jobs.stream()
                .filter(job -> Jobs.Job.statusOf(job.init) != 202 || (job.tried && Jobs.Job.statusOf(job.save) != 200))
                .forEach(job -> promises.findings()
                        .violation(
                                "%s: a request failed: Init %s, Save %s",
                                job.email, Jobs.Job.statusOf(job.init), Jobs.Job.statusOf(job.save)));
        promises.check(jobs);
    }

    @Override
    public void close() {
        balancer.close();
    }
}
