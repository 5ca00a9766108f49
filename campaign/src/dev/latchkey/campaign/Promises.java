package dev.latchkey.campaign;

import static dev.latchkey.campaign.Jobs.Job.statusOf;
import static org.awaitility.Awaitility.await;

import dev.latchkey.support.SentLink;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Holds what people were told against what is stored and what was mailed, once everything is well again: I1 to I6 of
 * docs/reliability.md.
 *
 * @param mostCopies of one mail; more than one only where a mail server's answer can have been lost
 */
record Promises(Site site, int mostCopies, Findings findings) {
    private static final Duration HEALED = Duration.ofMinutes(2);

    /** Looks at everybody, and throws away their mails. */
    void check(List<Jobs.Job> jobs) {
        awaitMails();
        Map<String, List<SentLink>> mails = SentLink.byAddress(site.sink());
        jobs.forEach(job -> check(
                job,
                mails.getOrDefault(job.email, List.of()),
                link -> site.client().load(link).status()));
        end(jobs);
    }

    /**
     * The same where the clock jumped: a link may have run out meanwhile, so it is not asked.
     *
     * @param renewed whether a mail may have become too old for its link, and then left once more with a fresh one
     */
    void checkMailed(List<Jobs.Job> jobs, boolean renewed) {
        awaitMails();
        Map<String, List<SentLink>> mails = SentLink.byAddress(site.sink());
        jobs.forEach(job -> check(
                job,
                last(mails.getOrDefault(job.email, List.of()), renewed),
                link -> site.residents().bioOf(job.email) == null
                        ? 200
                        : site.client().load(link).status()));
        end(jobs);
    }

    private static List<SentLink> last(List<SentLink> mails, boolean alone) {
        return alone && !mails.isEmpty() ? List.of(mails.getLast()) : mails;
    }

    private void end(List<Jobs.Job> jobs) {
        findings.count(
                "promised links", jobs.stream().filter(Jobs.Job::promised).count());
        findings.count(
                "acknowledged saves",
                jobs.stream().filter(job -> statusOf(job.save) == 200).count());
        site.sink().empty();
    }

    private void awaitMails() {
        try {
            // What is no longer in the outbox was taken by the mail server, or never was there.
            await().atMost(HEALED).until(() -> unsent() == 0 || parked() > 0);
            findings.promise(parked() == 0, "a mail is parked");
        } catch (ConditionTimeoutException e) {
            findings.violation("a mail still waits two minutes after all was well");
        }
    }

    private int unsent() {
        return site.residents().values("SELECT id FROM outbox").size();
    }

    private int parked() {
        return site.residents()
                .values("SELECT id FROM outbox WHERE state = 'PARKED'")
                .size();
    }

    private void check(Jobs.Job job, List<SentLink> mails, ToIntFunction<String> look) {
        String email = job.email;
        findings.promise(!job.promised() || !mails.isEmpty(), "%s: promised a link and not mailed", email);
        findings.promise(mails.size() <= mostCopies, "%s: %d copies of one mail", email, mails.size());
        findings.promise(new HashSet<>(mails).size() <= 1, "%s: different mails for one request", email);
        findings.count("further copies of mails", Math.max(0, mails.size() - 1));
        if (mails.isEmpty()) {
            return;
        }
        if (job.promised() && job.init != null) {
            String phrase = job.init.text("matchPhrase");
            findings.promise(mails.getFirst().subject().endsWith(phrase), "%s: other words in the mail", email);
        }
        String stored = site.residents().bioOf(email);
        int link = look.applyAsInt(mails.getFirst().token());
        findings.promise(
                link == (stored == null ? 200 : 410), "%s: stored %s, the link answers %d", email, stored, link);
        findings.promise(stored == null || stored.equals(job.bio()), "%s: stored %s", email, stored);
        findings.promise(stored == null || job.tried, "%s: saved without having asked", email);
        switch (statusOf(job.save)) {
            case 200 -> findings.promise(stored != null, "%s: told saved, and it is not stored", email);
            case 503 -> findings.promise(stored == null, "%s: told that nothing was saved, and it is stored", email);
            default -> {} // Nobody was told anything certain: both is right.
        }
        boolean told = site.sink().received().stream()
                .anyMatch(mail ->
                        mail.to().equals(email) && mail.header("Subject").equals("Your profile was changed"));
        findings.promise(told == (stored != null), "%s: stored %s, told of it: %s", email, stored, told);
    }
}
