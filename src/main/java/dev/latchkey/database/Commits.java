package dev.latchkey.database;

import dev.latchkey.trace.Traces;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.TransactionStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes that must not be told as undone when they were not. Where the connection breaks between a commit and its
 * answer, the transaction may have been stored; a failure before that moment is always undone.
 */
@Singleton
public class Commits {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

    private final TransactionOperations<Connection> transactions;
    private final Traces traces;

    Commits(TransactionOperations<Connection> transactions, Traces traces) {
        this.transactions = transactions;
        this.traces = traces;
    }

    /**
     * Runs a transaction, or takes part in the one that is running.
     *
     * @param isStored asks the database, over another connection, whether what led to this result is there. It has to take
     *     the lock first that the work held: where the connection broke, the server may still be at that commit
     * @throws OutcomeUnknown when the commit failed and the database cannot be asked
     */
    public <T> T write(
            OutcomeUnknown.Doing doing, Function<TransactionStatus<Connection>, T> work, Predicate<T> isStored) {
        return traces.step(nameOf(doing), () -> writeNow(doing, work, isStored));
    }

    /** Such as {@code write use-link}. */
    private static String nameOf(OutcomeUnknown.Doing doing) {
        return "write " + doing.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private <T> T writeNow(
            OutcomeUnknown.Doing doing, Function<TransactionStatus<Connection>, T> work, Predicate<T> isStored) {
        AtomicReference<Optional<T>> done = new AtomicReference<>(Optional.empty());
        try {
            return transactions.executeWrite(status -> {
                T result = work.apply(status);
                done.set(Optional.of(result));
                return result;
            });
        } catch (RuntimeException e) {
            T result = done.get().orElseThrow(() -> e);
            if (wasStored(doing, result, isStored, e)) {
                LOG.warn("A commit was stored, although the answer to it was lost", e);
                return result;
            }
            throw e;
        }
    }

    private <T> boolean wasStored(
            OutcomeUnknown.Doing doing, T result, Predicate<T> isStored, RuntimeException failure) {
        try {
            return transactions.executeWrite(status -> isStored.test(result));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            throw new OutcomeUnknown(doing, failure);
        }
    }
}
