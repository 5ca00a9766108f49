package dev.latchkey.campaign;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The wall clock jumps, forward or back, by hours or weeks, among callers, and is put right again. */
final class ClockJumps extends UnderLoad {
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

    /** Mails are given up when they are as old, and a link that is not mailed by then is replaced. */
    private static final Duration A_DAY = Duration.ofDays(1);

    /** A link that was sent before a jump has run out after it. */
    private static final Set<Integer> RUN_OUT = Set.of(410);

    private static final int CALLERS = 8;
    private static final int PEOPLE = 24;

    private final Shim shim;
    private Duration jump = Duration.ZERO;
    private String used = "";
    private String open = "";
    private int thereOpen;
    private boolean killed;

    ClockJumps(Servers servers) {
        this(servers, new Shim());
    }

    private ClockJumps(Servers servers, Shim shim) {
        super(servers.start(1, shim.settings()), CALLERS, PEOPLE);
        this.shim = shim;
    }

    @Override
    protected void prepare(RandomGenerator chance, Findings findings) throws Exception {
        List<String> owners = site.residents().many(2);
        Map<String, List<String>> links = new Mailbox(site.sink()).tokens(owners, 1, site.client());
        used = links.get(owners.getFirst()).getFirst();
        open = links.get(owners.getLast()).getFirst();
        site.client().save(Map.of("token", used, "bio", "Before"));
        site.awaitMails();

        jump = JUMPS.get(chance.nextInt(JUMPS.size()));
        shim.clock(jump.toSeconds());
        int thereUsed = look(used);
        thereOpen = look(open);
        findings.promise(thereUsed == 410, "by %s, a used link answers %d", jump, thereUsed);
    }

    private int look(String token) {
        return site.client().load(token).status();
    }

    @Override
    protected boolean strike(RandomGenerator chance, Findings findings) {
        killed = chance.nextInt(4) == 0;
        if (killed) {
            kill(findings);
        } else {
            shim.clock(0);
        }
        return !killed;
    }

    @Override
    protected void heal(RandomGenerator chance, Findings findings) {
        if (killed) {
            restart();
            shim.clock(0);
        }
        int usedAfter = look(used);
        int openAfter = look(open);
        findings.promise(usedAfter == 410, "after %s, a used link answers %d", jump, usedAfter);
        findings.promise(
                thereOpen == 200 || openAfter == 410, "after %s, a link that had run out answers %d", jump, openAfter);
        String email = site.residents().somebody();
        int status = site.client().init(email).status();
        findings.promise(status == 202, "after %s, Init answers %d", jump, status);
    }

    @Override
    protected Set<Integer> refusals() {
        return RUN_OUT;
    }

    @Override
    protected void check(Promises promises, List<Jobs.Job> jobs) {
        promises.checkMailed(jobs, jump.abs().compareTo(A_DAY) >= 0);
    }

    @Override
    public void close() {
        shim.clock(0);
        shim.close();
    }
}
