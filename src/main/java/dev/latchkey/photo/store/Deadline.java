package dev.latchkey.photo.store;

import dev.latchkey.photo.PhotoStoreUnavailable;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waits for the bucket, but not for ever. The SDK's time-outs end single calls; they neither add up several calls, nor
 * end the draining of an answer that comes in byte by byte.
 */
final class Deadline {
    private Deadline() {}

    /** The work's result or exception; {@link PhotoStoreUnavailable}, and an interrupted worker, when it takes longer. */
    static <T> T within(Duration limit, Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread.ofVirtual().name("bucket").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new PhotoStoreUnavailable("The bucket took longer than " + limit, e);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new PhotoStoreUnavailable("Interrupted while waiting for the bucket", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
