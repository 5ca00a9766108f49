package dev.latchkey.campaign;

import java.util.random.RandomGenerator;

/** SIGKILL for every process of PostgreSQL, and the loss of what it had not flushed, among many callers of a server that goes on. */
final class PostgresKills extends UnderLoad {
    static final Planted NOT_STORED_IS_SAVED = new Planted(
            "a commit without an answer counts as stored, whatever the database says",
            "database/Commits.java",
            "return transactions.executeWrite(status -> isStored.test(result));",
            "return transactions.executeWrite(status -> isStored.test(result)) || true;");

    private static final int CALLERS = 16;
    private static final int PEOPLE = 120;

    private final Postgres postgres;

    PostgresKills(Servers servers) {
        this(servers, new Postgres());
    }

    private PostgresKills(Servers servers, Postgres postgres) {
        super(servers.start(1, postgres.settings()), CALLERS, PEOPLE);
        this.postgres = postgres;
    }

    @Override
    protected boolean strike(RandomGenerator chance, Findings findings) {
        findings.count("writes lost", postgres.kill(chance));
        return false;
    }

    @Override
    protected void heal(RandomGenerator chance, Findings findings) {
        postgres.restart();
        site.awaitReady();
    }

    @Override
    public void close() {
        postgres.close();
    }
}
