package dev.latchkey.campaign;

import dev.latchkey.support.SmtpSink;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A mail server that answers what it should not, says nothing, drips, hangs up, at any step of a conversation. */
final class SmtpTroubles extends UnderLoad {
    static final Planted IMPATIENT = new Planted(
            "a mail is given up when it fails for the first time",
            "mail/delivery/RetryPolicy.java",
            "if (isOver(mail, blame)) {",
            "if (mail.attempts() > 0) {");

    /** What may come at each step; the permanent refusals are those of {@link #REFUSALS}. */
    private static final List<String> ANSWERS = List.of(
            "421 4.3.2 closing",
            "421 too many connections",
            "450 4.2.0 busy",
            "451 4.7.1 greylisted",
            "452 4.3.1 disk full",
            "454 4.7.0 not now",
            "gibberish",
            SmtpSink.HANG_UP,
            SmtpSink.SILENCE,
            SmtpSink.DRIPS);

    private static final List<String> STEPS = List.of("GREETING", "EHLO", "MAIL", "RCPT", "DATA", "END");

    /** About the sender: every mail would fare alike, so it waits. */
    private static final List<Trouble> REFUSALS = List.of(
            new Trouble("MAIL", "550 5.7.1 sender not allowed"),
            new Trouble("RCPT", "550 5.7.1 relay access denied"),
            new Trouble("END", "554 5.7.1 daily limit reached"));

    static final List<Trouble> ALL = Stream.concat(
                    STEPS.stream().flatMap(step -> ANSWERS.stream().map(answer -> new Trouble(step, answer))),
                    Stream.concat(REFUSALS.stream(), Stream.of(Trouble.AWAY)))
            .toList();

    private static final int PEOPLE = 20;
    private static final int MOST_TIMES = 6;

    private Trouble trouble = Trouble.AWAY;
    private int times;

    record Trouble(String step, String answer) {
        static final Trouble AWAY = new Trouble("", "");
    }

    SmtpTroubles(Servers servers) {
        super(servers.one(), PEOPLE, PEOPLE);
    }

    @Override
    protected void prepare(RandomGenerator chance, Findings findings) {
        trouble = ALL.get(chance.nextInt(ALL.size()));
        times = chance.nextInt(1, MOST_TIMES);
        findings.count("troubles");
        if (trouble.equals(Trouble.AWAY)) {
            site.sink().down();
        } else {
            site.sink().first(times, trouble.step(), trouble.answer());
            // One that is kept would not be greeted again.
            site.sink().dropConnections();
        }
    }

    @Override
    protected boolean strike(RandomGenerator chance, Findings findings) {
        if (trouble.equals(Trouble.AWAY)) {
            site.sink().up();
        }
        return true;
    }

    @Override
    protected void heal(RandomGenerator chance, Findings findings) {
        site.sink().forget();
    }

    @Override
    protected Set<Integer> refusals() {
        return Set.of();
    }

    /** A whole mail whose answer was lost comes again, each time that was so. */
    @Override
    protected int mostCopies() {
        return trouble.step().equals("END") ? 1 + times : 1;
    }

    @Override
    protected int times() {
        return 2 * PEOPLE;
    }
}
