package dev.latchkey.mail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What a worker of the outbox does until it ends: whatever goes wrong, memory that runs out included, ends it not. */
public final class WorkerLoop {
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private WorkerLoop() {}

    /** One round of a worker. */
    public interface Step {
        /** False when it was the last one. */
        boolean take() throws InterruptedException;
    }

    /**
     * Takes one step after another until the last one or an interruption, by which the process ends.
     *
     * @param trouble told what went wrong with a step; a pause of a second follows
     */
    public static void run(Step step, Consumer<Throwable> trouble) {
        boolean last = false;
        while (!last) {
            try {
                last = !step.take();
            } catch (InterruptedException e) {
                last = true;
            } catch (Throwable e) {
                tell(trouble, e);
                LockSupport.parkNanos(AFTER_TROUBLE.toNanos());
            }
        }
    }

    private static void tell(Consumer<Throwable> trouble, Throwable e) {
        try {
            trouble.accept(e);
        } catch (Throwable again) {
            // No memory for a line of the log either.
        }
    }
}
