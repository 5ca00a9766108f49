package dev.latchkey.database;

import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/**
 * Removes dead rows a few at a time. Each step is a transaction of its own, and rests for longer than it took, so that
 * callers have the writer most of the time however much there is to remove.
 */
public final class BatchedDelete {
    /** Of a step's own time. */
    private static final int REST = 3;

    private static final long SHORTEST_REST = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(1);

    private BatchedDelete() {}

    /**
     * Repeats a removal until it finds less than it may take, or the thread is interrupted.
     *
     * @param most rows in one step
     * @param remove takes the most rows to remove and returns how many there were
     * @return how many rows were removed in all
     */
    public static long remove(int most, IntUnaryOperator remove) {
        long removed = 0;
        while (true) {
            long begun = System.nanoTime();
            int step = remove.applyAsInt(most);
            removed += step;
            if (step < most || !rest(System.nanoTime() - begun)) {
                return removed;
            }
        }
    }

    private static boolean rest(long taken) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.clamp(REST * taken, SHORTEST_REST, LONGEST_REST));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
