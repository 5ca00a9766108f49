package dev.latchkey.campaign;

import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.Residents;
import dev.latchkey.support.SmtpSink;
import java.util.List;
import java.util.random.RandomGenerator;

/** SIGKILL among many callers, on SQLite: what was answered stays true. */
final class Kills implements Trial {
    static final Planted MAILS_IN_MEMORY = new Planted(
            "a mail that a worker of this process takes at once is never stored",
            "mail/Outbox.java",
            "return mails.save(mail);",
            "return lease.isPresent() ? mail : mails.save(mail);");

    private static final int CALLERS = 16;
    private static final int PEOPLE = 120;

    private final SmtpSink sink = SmtpSink.start();
    private final LatchkeyJar jar;
    private final LatchkeyClient client;
    private final Residents residents;

    Kills(Servers servers) {
        jar = servers.one(sink);
        client = new LatchkeyClient(jar);
        residents = new Residents(jar);
    }

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) {
        List<String> people = residents.many(PEOPLE);
        List<Jobs.Job> jobs;
        try (Jobs load =
                new Jobs(people, CALLERS, request -> request.apply(client), Jobs.UNAVAILABLE, sink, findings)) {
            load.awaitSuccesses(chance.nextInt(1, PEOPLE));
            jar.kill();
            jobs = load.stop();
        }
        jar.restart();
        new Promises(client, residents, sink, 2, findings).check(jobs);
        return 1;
    }

    @Override
    public void close() {
        jar.close();
        sink.close();
    }
}
