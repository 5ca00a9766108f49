package dev.latchkey.photo;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
public final class DecodingThreads {
    /** What one ordinary picture takes at its worst, with room for the rest of the service. */
    private static final long HEAP_PER_THREAD = 96L << 20;

    /** Longer than a good line of large pictures takes, shorter than an assistant's patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Duration patience;
    private final ThreadPoolExecutor ordinary;
    private final ThreadPoolExecutor large;
    private final Map<String, Integer> present = new ConcurrentHashMap<>();
    private final AtomicLong arrivals = new AtomicLong();

    @Inject
    public DecodingThreads() {
        this(PATIENCE);
    }

    public DecodingThreads(Duration patience) {
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
            DecodingTurn<T> turn = new DecodingTurn<>(before, arrivals.getAndIncrement(), work);
            ThreadPoolExecutor threads = isLarge ? large : ordinary;
            threads.execute(turn);
            return turn.result(patience, threads);
        } catch (RejectedExecutionException e) {
            throw new DecodingOverloaded();
        } finally {
            present.computeIfPresent(whose, (name, number) -> number == 1 ? null : number - 1);
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
    public void stop() {
        ordinary.shutdown();
        large.shutdown();
    }

    private static ThreadPoolExecutor threads(String name, int number) {
        return new ThreadPoolExecutor(
                number,
                number,
                0,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name, 1).factory());
    }
}
