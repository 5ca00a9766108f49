package dev.latchkey.credential;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes Argon2 on few threads of the operating system, one less than there are processors: on a request's virtual
 * thread it would hold a carrier for its whole time, and as many as there are processors would stop every other request,
 * those that need no hash included.
 *
 * <p>What somebody waits for who has an account goes first: a crowd that signs up must not keep owners out. Yet one in
 * {@value #IN_A_ROW} goes to new hashes, so that a crowd that signs in does not stop signing up. Queues are short; what
 * finds one full is refused at once instead of waiting for something that its caller gave up long ago.
 */
@Singleton
final class HashingThreads {
    /** Some three seconds of work for one thread. */
    private static final int MOST_VERIFICATIONS = 64;

    private static final int MOST_NEW = 32;
    private static final int IN_A_ROW = 5;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final HashingQueue<FutureTask<?>> verifications = new HashingQueue<>(MOST_VERIFICATIONS);
    private final HashingQueue<FutureTask<?>> fresh = new HashingQueue<>(MOST_NEW);
    private int verifiedInARow;
    private boolean closed;

    @Inject
    HashingThreads() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    }

    HashingThreads(int number) {
        for (int i = 1; i <= number; i++) {
            Thread.ofPlatform().daemon().name("hash-" + i).start(this::work);
        }
    }

    /**
     * Waits for a turn, then for the result.
     *
     * @param caller who must not make others wait
     * @throws HashingOverloaded when too many wait already
     */
    <T> T verify(String caller, Supplier<T> computation) {
        return run(verifications, caller, computation);
    }

    /** The same for a passphrase that is new, which can wait a little longer. */
    <T> T hash(String caller, Supplier<T> computation) {
        return run(fresh, caller, computation);
    }

    private <T> T run(HashingQueue<FutureTask<?>> queue, String caller, Supplier<T> computation) {
        FutureTask<T> task = new FutureTask<>(computation::get);
        lock.lock();
        try {
            Optional<FutureTask<?>> refused = closed ? Optional.of(task) : queue.offer(caller, task);
            refused.ifPresent(other -> other.cancel(false));
            work.signal();
        } finally {
            lock.unlock();
        }
        return result(task);
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (CancellationException e) {
            throw new HashingOverloaded();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HashingOverloaded();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Hashing failed", e.getCause());
        }
    }

    private void work() {
        for (FutureTask<?> task = next(); task != null; task = next()) {
            // Keeps whatever goes wrong, memory that runs out included, for the one who waits.
            task.run();
        }
    }

    /** Null at the end. */
    private @Nullable FutureTask<?> next() {
        lock.lock();
        try {
            while (verifications.isEmpty() && fresh.isEmpty() && !closed) {
                work.awaitUninterruptibly();
            }
            boolean freshFirst = verifications.isEmpty() || (verifiedInARow >= IN_A_ROW - 1 && !fresh.isEmpty());
            verifiedInARow = freshFirst ? 0 : verifiedInARow + 1;
            return (freshFirst ? fresh : verifications).poll().orElse(null);
        } finally {
            lock.unlock();
        }
    }

    /** How many wait. */
    int waiting() {
        lock.lock();
        try {
            return verifications.size() + fresh.size();
        } finally {
            lock.unlock();
        }
    }

    /** Finishes what waits. */
    @PreDestroy
    void stop() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
