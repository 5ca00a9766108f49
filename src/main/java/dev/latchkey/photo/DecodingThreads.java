package dev.latchkey.photo;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Decodes a few pictures at a time, first come, first served.
 *
 * <p>On threads of the operating system, because a request's virtual thread that decodes for seconds would not let go
 * of its carrier, and as many of them as there are processors would stop every other request.
 */
@Singleton
final class DecodingThreads {
    /** What one ordinary picture takes at its worst, with room for the rest of the service. */
    private static final long HEAP_PER_THREAD = 96L << 20;

    /** Pictures that need more than this beside the result are decoded alone. */
    private static final long LARGE_WORKSPACE = 32L << 20;

    private final int number;
    private final ExecutorService threads;
    private final Semaphore permits;

    DecodingThreads() {
        long fitting = Runtime.getRuntime().maxMemory() / HEAP_PER_THREAD;
        number = Math.clamp(fitting, 1, Runtime.getRuntime().availableProcessors());
        threads = Executors.newFixedThreadPool(
                number, Thread.ofPlatform().daemon().name("photo-", 1).factory());
        permits = new Semaphore(number, true);
    }

    /** Waits for a turn, then for the result. */
    <T> T run(long workspace, Supplier<T> work) {
        return CompletableFuture.supplyAsync(() -> alone(workspace > LARGE_WORKSPACE, work), threads)
                .join();
    }

    /** How many pictures are decoded at a time at most. */
    int number() {
        return number;
    }

    private <T> T alone(boolean large, Supplier<T> work) {
        int needed = large ? number : 1;
        permits.acquireUninterruptibly(needed);
        try {
            return work.get();
        } finally {
            permits.release(needed);
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdown();
    }
}
