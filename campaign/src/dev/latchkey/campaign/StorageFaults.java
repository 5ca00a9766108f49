package dev.latchkey.campaign;

import dev.latchkey.campaign.Shim.Operation;
import java.util.List;
import java.util.random.RandomGenerator;

/** The disk fails at some operation, once or for a while: a write, a flush or a read of the database or its log. */
final class StorageFaults extends UnderLoad {
    static final Planted FAILED_COMMIT_IS_SAVED = new Planted(
            "those whose commit failed are told that it went well",
            "database/sqlite/SqliteBatch.java",
            "if (reason != null) {",
            "if (reason != null && members < 0) {");

    private static final int INPUT_OUTPUT = 5;
    private static final int NO_SPACE = 28;
    private static final int CALLERS = 8;
    private static final int PEOPLE = 60;
    private static final int LATEST = 400;

    private final Shim shim;
    private Operation operation = Operation.NOTHING;
    private boolean killed;

    StorageFaults(Servers servers) {
        this(servers, new Shim());
    }

    private StorageFaults(Servers servers, Shim shim) {
        super(servers.start(1, shim.settings()), CALLERS, PEOPLE);
        this.shim = shim;
    }

    @Override
    protected void prepare(RandomGenerator chance, Findings findings) {
        operation = Operation.values()[chance.nextInt(1, Operation.values().length)];
        int error = operation != Operation.READ && chance.nextBoolean() ? NO_SPACE : INPUT_OUTPUT;
        int times = List.of(1, 1, 3, 50, 1_000).get(chance.nextInt(5));
        shim.fail(operation, error, chance.nextInt(LATEST), times);
    }

    @Override
    protected boolean strike(RandomGenerator chance, Findings findings) {
        shim.heal();
        killed = chance.nextInt(4) == 0;
        if (killed) {
            kill(findings);
        }
        return !killed;
    }

    @Override
    protected void heal(RandomGenerator chance, Findings findings) {
        if (killed) {
            restart();
        }
        findings.count("failed operations", shim.hits());
        findings.count(shim.hits() > 0 ? "faults hit: " + operation : "faults that nothing met");
        site.awaitReady();
    }

    @Override
    public void close() {
        shim.close();
    }
}
