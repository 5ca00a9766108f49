package dev.latchkey.database.sqlite;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Transactions that share one commit, and so its fate. */
final class SqliteBatch {
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;
    private int members;

    /** Only ever called by whoever has the writer's turn. */
    void add() {
        members++;
    }

    int members() {
        return members;
    }

    void end(@Nullable Throwable failure) {
        this.failure = failure;
        ended.countDown();
    }

    /**
     * Waits for the commit. It cannot be interrupted: until then nobody knows whether the transaction will have been.
     *
     * @throws SQLTransientException where nothing of the batch was written
     */
    void await() throws SQLException {
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable reason = failure;
        if (reason != null) {
            // Worth another try: the statements of a member that got here had all succeeded.
            throw new SQLTransientException("The transaction was undone with others that shared its commit", reason);
        }
    }
}
