package dev.latchkey.photo.image;

import dev.latchkey.photo.DecodingOverloaded;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Decodes a few pictures at a time so that nobody's hold up anybody else's: large ones go one by one on a thread of
 * their own, and in either line everybody's first picture goes before anybody's second. What waits for too long is given
 * up.
 *
 * <p>On threads of the operating system, because a request's virtual thread that decodes for seconds would not let go
 * of its carrier, and as many of them as there are processors would stop every other request.
 */
@Singleton
final class DecodingThreads {
    /** So much memory must have been allowed to the service for each thread: the process that it lends takes about that. */
    private static final long HEAP_PER_THREAD = 96L << 20;

    /** Longer than a good line of large pictures takes, shorter than an assistant's patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Comparator<Turn<?>> ORDER =
            Comparator.<Turn<?>>comparingInt(turn -> turn.before).thenComparingLong(turn -> turn.arrival);

    private final Duration patience;
    private final ThreadPoolExecutor ordinary;
    private final ThreadPoolExecutor large;
    private final Map<String, Integer> present = new ConcurrentHashMap<>();
    private final AtomicLong arrivals = new AtomicLong();

    @Inject
    DecodingThreads() {
        this(PATIENCE);
    }

    DecodingThreads(Duration patience) {
        this.patience = patience;
        long fitting = Runtime.getRuntime().maxMemory() / HEAP_PER_THREAD - 1;
        ordinary = threads("photo-", Math.clamp(fitting, 1, Runtime.getRuntime().availableProcessors()));
        large = threads("large-photo-", 1);
    }

    /**
     * Waits for a turn, then for the result.
     *
     * @param whose names the account or caller the picture comes from
     * @param isLarge whether it needs much time or memory
     * @throws DecodingOverloaded when the turn does not come in time
     */
    <T> T run(String whose, boolean isLarge, Supplier<T> work) {
        int before = present.merge(whose, 1, Integer::sum) - 1;
        try {
            return await(new Turn<>(before, arrivals.getAndIncrement(), work), isLarge ? large : ordinary);
        } catch (RejectedExecutionException e) {
            throw new DecodingOverloaded();
        } finally {
            present.computeIfPresent(whose, (name, number) -> number == 1 ? null : number - 1);
        }
    }

    /** It leaves the line when its patience ends, but what has begun is waited for. */
    private <T> T await(Turn<T> turn, ThreadPoolExecutor line) {
        line.execute(turn);
        try {
            try {
                return turn.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (line.remove(turn)) {
                    throw new DecodingOverloaded();
                }
                return turn.get();
            }
        } catch (InterruptedException e) {
            line.remove(turn);
            Thread.currentThread().interrupt();
            throw new DecodingOverloaded();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** How many ordinary pictures are decoded at a time at most. */
    int number() {
        return ordinary.getMaximumPoolSize();
    }

    /** How many pictures are waiting. */
    int waiting() {
        return ordinary.getQueue().size() + large.getQueue().size();
    }

    @PreDestroy
    void stop() {
        ordinary.shutdown();
        large.shutdown();
    }

    private static ThreadPoolExecutor threads(String name, int number) {
        return new ThreadPoolExecutor(
                number,
                number,
                0,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(16, Comparator.comparing(turn -> (Turn<?>) turn, ORDER)),
                Thread.ofPlatform().daemon().name(name, 1).factory());
    }

    /** A picture in line. */
    private static final class Turn<T> extends FutureTask<T> {
        private final int before;
        private final long arrival;

        /**
         * A turn to be queued.
         *
         * @param before how many pictures of the same owner were there already
         * @param arrival grows with each picture
         */
        Turn(int before, long arrival, Supplier<T> work) {
            super(work::get);
            this.before = before;
            this.arrival = arrival;
        }
    }
}
