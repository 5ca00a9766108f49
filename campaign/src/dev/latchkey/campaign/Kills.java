package dev.latchkey.campaign;

import java.util.random.RandomGenerator;

/** SIGKILL among many callers, on SQLite: what was answered stays true. */
final class Kills extends UnderLoad {
    static final Planted MAILS_IN_MEMORY = new Planted(
            "a mail that a worker of this process takes at once is never stored",
            "mail/Outbox.java",
            "return mails.save(mail);",
            "return lease.isPresent() ? mail : mails.save(mail);");

    private static final int CALLERS = 16;
    private static final int PEOPLE = 120;

    Kills(Servers servers) {
        super(servers.one(), CALLERS, PEOPLE);
    }

    @Override
    protected boolean strike(RandomGenerator chance, Findings findings) {
        kill(findings);
        return false;
    }

    @Override
    protected void heal(RandomGenerator chance, Findings findings) {
        restart();
    }
}
