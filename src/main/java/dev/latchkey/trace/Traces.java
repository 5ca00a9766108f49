package dev.latchkey.trace;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what is done, and for how long. Work is one call or one attempt at a mail; it has steps. All work about one
 * request for a link is one trace, whose id is the request's, whenever and on whichever node it is done: nothing is
 * stored for that.
 *
 * <p>Names of work and steps, and what is said of them, are words of ours: never of a caller.
 */
public interface Traces {

    /** Begins work, which is told of when it is closed. Whoever begins it puts it at hand. */
    default Work begin(Work.Kind kind, String name) {
        return Work.UNTOLD;
    }

    /** The work at hand is what a request for a link begins with. */
    default void begins(UUID request) {}

    /** The work at hand is about a request for a link that was there before. */
    default void follows(UUID request) {}

    /** Takes a step of the work at hand. */
    default <T extends @Nullable Object, E extends Exception> T step(String name, Step<T, E> step) throws E {
        return step.take();
    }

    /** What is done in a step. */
    @FunctionalInterface
    interface Step<T extends @Nullable Object, E extends Exception> {
        T take() throws E;
    }
}
