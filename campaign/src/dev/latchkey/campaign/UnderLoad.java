package dev.latchkey.campaign;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Many people ask for a link, open their mails and save; some trouble comes among them; once all is well again, what they
 * were told is held against what is stored and mailed.
 */
abstract class UnderLoad implements Trial {
    /** What may be answered while a part is broken: nothing was written, or nobody knows. */
    static final Set<Integer> UNAVAILABLE = Set.of(503, 504);

    protected final Site site;
    private final int callers;
    private final int people;

    /** So many callers at once, of so many people in each round. */
    protected UnderLoad(Site site, int callers, int people) {
        this.site = site;
        this.callers = callers;
        this.people = people;
    }

    /** Before anybody asks. */
    protected void prepare(RandomGenerator chance, Findings findings) throws Exception {}

    /**
     * The trouble, at some moment among the callers.
     *
     * @return whether they go on; else nobody begins anything more
     */
    protected abstract boolean strike(RandomGenerator chance, Findings findings) throws Exception;

    /** Once everybody has their answer; all is well when this returns. */
    protected void heal(RandomGenerator chance, Findings findings) throws Exception {}

    /** Statuses that may be answered beside success. */
    protected Set<Integer> refusals() {
        return UNAVAILABLE;
    }

    protected Jobs.Door door() {
        return request -> request.apply(site.client());
    }

    /** Copies of one mail; more than one only where a mail server's answer can have been lost. */
    protected int mostCopies() {
        return 2;
    }

    protected void check(Promises promises, List<Jobs.Job> jobs) {
        promises.check(jobs);
    }

    /** How often the trouble was made in a round. */
    protected int times() {
        return 1;
    }

    /** Kills the server; it is started again by {@link #restart}. */
    protected final void kill(Findings findings) {
        site.jar().kill();
        findings.count("kill -9");
    }

    protected final void restart() {
        site.jar().restart();
    }

    @Override
    public final int round(int most, RandomGenerator chance, Findings findings) throws Exception {
        prepare(chance, findings);
        List<Jobs.Job> jobs;
        List<String> emails = site.residents().many(people);
        try (Jobs load = new Jobs(emails, callers, door(), refusals(), site.sink(), findings)) {
            load.awaitSuccesses(chance.nextInt(1, people));
            jobs = strike(chance, findings) ? load.finish() : load.stop();
        }
        heal(chance, findings);
        check(new Promises(site, mostCopies(), findings), jobs);
        return times();
    }
}
