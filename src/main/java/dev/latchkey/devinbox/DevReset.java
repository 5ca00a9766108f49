package dev.latchkey.devinbox;

import dev.latchkey.database.DatabaseFailure;
import dev.latchkey.database.Tables;
import dev.latchkey.devinbox.delivery.Faults;
import dev.latchkey.devinbox.delivery.MailGate;
import dev.latchkey.devinbox.fixture.Fixtures;
import dev.latchkey.photo.PhotoSweep;
import dev.latchkey.photo.Photos;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes everything as it is after a fresh start: the fixtures, and nothing else. Whatever a test before has left on its
 * way, be it a mail, a fault or a save, comes too late from then on.
 */
@Singleton
@OnlyInDev
final class DevReset {
    /**
     * Rows of photos stay until their files are gone; nobody sees a photo that nothing shows. What was restored stays for
     * good, as it is in the key of the tokens that this process makes.
     */
    private static final Set<String> KEPT = Set.of("photos", "restores");

    private static final int ATTEMPTS = 5;

    private final Faults faults;
    private final MailGate gate;
    private final DevMailServer inbox;
    private final Tables tables;
    private final Fixtures fixtures;
    private final Photos photos;
    private final PhotoSweep sweep;
    private final TransactionOperations<Connection> transactions;
    private final @Nullable TimeTravel time;
    private final ReentrantLock one = new ReentrantLock();

    DevReset(
            Faults faults,
            MailGate gate,
            DevMailServer inbox,
            Tables tables,
            Fixtures fixtures,
            Photos photos,
            PhotoSweep sweep,
            TransactionOperations<Connection> transactions,
            @Nullable TimeTravel time) {
        this.faults = faults;
        this.gate = gate;
        this.inbox = inbox;
        this.tables = tables;
        this.fixtures = fixtures;
        this.photos = photos;
        this.sweep = sweep;
        this.transactions = transactions;
        this.time = time;
    }

    /** Of several at once each does all of it, one after another. */
    void reset() {
        one.lock();
        try {
            faults.clear();
            Fixtures.Ready ready = fixtures.prepare();
            gate.closedDuring(() -> beginAnew(ready));
            sweep.sweep();
        } finally {
            one.unlock();
        }
    }

    private void beginAnew(Fixtures.Ready ready) {
        if (time != null) {
            time.end();
        }
        empty(ready, ATTEMPTS);
        inbox.deleteAll();
    }

    private void empty(Fixtures.Ready ready, int attempts) {
        try {
            transactions.executeWrite(status -> {
                tables.empty(status.getConnection(), KEPT);
                photos.age();
                fixtures.makeAll(ready);
                return true;
            });
        } catch (RuntimeException e) {
            // Calls and mails that are under way hold what this waits for, and wait for what it holds.
            if (attempts == 1 || !DatabaseFailure.isBehind(e)) {
                throw e;
            }
            empty(ready, attempts - 1);
        }
    }
}
