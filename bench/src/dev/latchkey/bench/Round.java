package dev.latchkey.bench;

import dev.latchkey.bench.Phase.Result;
import dev.latchkey.bench.Yardsticks.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every kind of request in turn, over a given number of connections. The yardsticks are taken in slices right before and
 * after what is held against them, because a machine's disk is not equally fast from one minute to the next.
 */
final class Round {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger BIOS = new AtomicInteger();

    private final LatchkeyProcess server;
    private final SmtpSink sink;
    private final Mailboxes mailboxes;
    private final Ledger ledger;
    private final Yardsticks yardsticks;
    private final int connections;
    private final Duration length;

    Round(
            LatchkeyProcess server,
            SmtpSink sink,
            Mailboxes mailboxes,
            Ledger ledger,
            Yardsticks yardsticks,
            int connections,
            Duration length) {
        this.server = server;
        this.sink = sink;
        this.mailboxes = mailboxes;
        this.ledger = ledger;
        this.yardsticks = yardsticks;
        this.connections = connections;
        this.length = length;
    }

    /**
     * What came out.
     *
     * @param inits with the mail server on hold, so that no mail competes with them
     * @param initsWithMails while the mails go out
     * @param mails from letting a hoard of waiting mails go until the last has arrived
     */
    record Outcome(
            Result nothing,
            Result inits,
            Result initsWithMails,
            Result firstLoads,
            Result loads,
            Result saves,
            Result savesWithMails,
            Result jobs,
            MailRate mails,
            MailRate mailsWithInits,
            Rate commitsAroundInits,
            Rate commitsAroundSaves,
            Rate rawMails) {
        List<Result> requests() {
            return List.of(nothing, inits, initsWithMails, firstLoads, loads, saves, savesWithMails, jobs);
        }
    }

    /** Mails and the time until the last of them arrived; processor time of the server in milliseconds for each. */
    record MailRate(int connections, int count, long nanos, double cpuMillisEach) {
        double perSecond() {
            return count * 1e9 / nanos;
        }
    }

    private record Opened(String email, String token) {}

    Outcome run(int accounts) throws Exception {
        byte[] robots = HttpConnection.get("/robots.txt");
        Result nothing = phase("Do nothing", Integer.MAX_VALUE, (connection, number) -> {
            if (connection.send(robots).status() != 200) {
                throw new IllegalStateException("GET /robots.txt is the yardstick and must answer 200");
            }
        });
        List<String> asked = new ArrayList<>();
        Rate commitsAroundInits = yardsticks.commits();
        sink.hold();
        Result inits;
        try {
            inits = inits("Init", accounts, asked);
        } finally {
            sink.release();
        }
        MailRate mails = arrivals(System.nanoTime(), server.cpuSeconds(), inits.count());
        Rate rawMails = yardsticks.mails(mailboxes.sample());
        commitsAroundInits = commitsAroundInits.plus(yardsticks.commits());
        List<Opened> open = opened(asked);
        Result firstLoads =
                phase("Load, first look", open.size(), (connection, number) -> load(connection, open.get(number)));
        Result loads = phase(
                "Load", Integer.MAX_VALUE, (connection, number) -> load(connection, open.get(number % open.size())));
        Rate commitsAroundSaves = yardsticks.commits();
        sink.hold();
        Result saves;
        try {
            saves = saves("Save", open);
        } finally {
            sink.release();
        }
        awaitAllMails();
        commitsAroundSaves = commitsAroundSaves.plus(yardsticks.commits());

        asked.clear();
        long began = System.nanoTime();
        double cpu = server.cpuSeconds();
        Result initsWithMails = inits("Init, mails going out", accounts, asked);
        MailRate mailsWithInits = arrivals(began, cpu, initsWithMails.count());
        Result savesWithMails = saves("Save, mails going out", opened(asked));
        awaitAllMails();
        Result jobs = phase("Whole job", Integer.MAX_VALUE, this::job);
        awaitAllMails();
        return new Outcome(
                nothing,
                inits,
                initsWithMails,
                firstLoads,
                loads,
                saves,
                savesWithMails,
                jobs,
                mails,
                mailsWithInits,
                commitsAroundInits,
                commitsAroundSaves,
                rawMails);
    }

    private Result phase(String name, int atMost, Phase.Work work) throws Exception {
        return Phase.run(name, server, connections, length, atMost, work);
    }

    /** At most one for each account, so that each of their links can be used. */
    private Result inits(String name, int accounts, List<String> asked) throws Exception {
        return phase(name, accounts, (connection, number) -> {
            String email = ledger.nextAccount();
            Assistant.init(connection, email);
            ledger.asked(email);
            synchronized (asked) {
                asked.add(email);
            }
        });
    }

    private List<Opened> opened(List<String> asked) {
        List<Opened> open = new ArrayList<>();
        for (String email : asked) {
            Optional<String> token = mailboxes.newest(email);
            token.ifPresent(found -> open.add(new Opened(email, found)));
        }
        return open;
    }

    private void load(HttpConnection connection, Opened link) throws Exception {
        String loaded = Assistant.load(connection, link.token());
        if (!Assistant.text(loaded, "email").equals(link.email())) {
            throw new IllegalStateException("The link of " + link.email() + " opened " + loaded);
        }
    }

    private Result saves(String name, List<Opened> open) throws Exception {
        return phase(name, open.size(), (connection, number) -> save(connection, open.get(number), ""));
    }

    private void save(HttpConnection connection, Opened link, String version) throws Exception {
        String bio = String.format(
                Locale.ROOT,
                "Bio number %d. Reads by the sea, answers letters by hand, and keeps the keys of a small museum.",
                BIOS.incrementAndGet());
        Assistant.save(connection, link.token(), bio, version);
        ledger.saved(link.email(), link.token(), bio);
    }

    private void job(HttpConnection connection, int number) throws Exception {
        String email = ledger.nextAccount();
        mailboxes.newest(email);
        String requestId = Assistant.init(connection, email);
        ledger.asked(email);
        Opened link = new Opened(email, mailboxes.await(email, PATIENCE));
        String loaded = Assistant.load(connection, link.token());
        save(connection, link, Assistant.version(loaded));
        ledger.jobDone(requestId);
    }

    private MailRate arrivals(long began, double cpu, int count) throws Exception {
        awaitAllMails();
        return new MailRate(
                connections,
                count,
                mailboxes.lastNanos() - began,
                (server.cpuSeconds() - cpu) * 1000 / Math.max(1, count));
    }

    /** A link for every request and a notice for every save. */
    private void awaitAllMails() throws InterruptedException {
        mailboxes.awaitCount(ledger.asked() + ledger.saves(), PATIENCE);
    }
}
