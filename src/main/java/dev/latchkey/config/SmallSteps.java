package dev.latchkey.config;

import java.util.function.IntUnaryOperator;

/** Removes dead rows a few at a time: each step is a transaction of its own, so nobody waits long for the writer. */
public final class SmallSteps {
    private static final int STEP = 500;

    private SmallSteps() {}

    /**
     * Repeats a removal until it finds less than it may take.
     *
     * @param remove takes the most rows to remove and returns how many there were
     * @return how many rows were removed in all
     */
    public static long remove(IntUnaryOperator remove) {
        long removed = 0;
        int step;
        do {
            step = remove.applyAsInt(STEP);
            removed += step;
        } while (step == STEP);
        return removed;
    }
}
