package dev.latchkey.account;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Lets answers that conceal who has an account leave at a time that tells nothing: a whole number of steps after the request came, whatever
 * there was to do for it. Nothing but the caller waits meanwhile; never call it inside a transaction.
 */
@Singleton
public final class SteadyTime {
    /** Longer than what an answer takes by itself, short enough that nobody notices. */
    static final Duration STEP = Duration.ofMillis(50);

    /** Does the work, and returns its outcome, or whatever goes wrong, at the end of a step. */
    public <T> T answer(Supplier<T> work) {
        long began = System.nanoTime();
        try {
            return work.get();
        } finally {
            finishStep(began);
        }
    }

    private static void finishStep(long began) {
        long step = STEP.toNanos();
        long left = step - (System.nanoTime() - began) % step;
        try {
            Thread.sleep(Duration.ofNanos(left));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
