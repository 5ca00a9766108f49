package dev.latchkey.photo;

import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A picture in the line of {@link DecodingThreads}. */
final class DecodingTurn<T> extends FutureTask<T> implements Comparable<DecodingTurn<?>> {
    private static final Comparator<DecodingTurn<?>> ORDER =
            Comparator.<DecodingTurn<?>>comparingInt(turn -> turn.before).thenComparingLong(turn -> turn.arrival);

    private final int before;
    private final long arrival;

    /**
     * A turn to be queued.
     *
     * @param before how many pictures of the same owner were there already
     * @param arrival grows with each picture
     */
    DecodingTurn(int before, long arrival, Supplier<T> work) {
        super(work::get);
        this.before = before;
        this.arrival = arrival;
    }

    /**
     * The work's result or exception.
     *
     * @param line where it waits; it leaves when its patience ends, but what has begun is waited for
     */
    T result(Duration patience, ThreadPoolExecutor line) {
        try {
            try {
                return get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (line.remove(this)) {
                    throw new DecodingOverloaded();
                }
                return get();
            }
        } catch (InterruptedException e) {
            line.remove(this);
            Thread.currentThread().interrupt();
            throw new DecodingOverloaded();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(cause);
        }
    }

    @Override
    public int compareTo(DecodingTurn<?> other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
