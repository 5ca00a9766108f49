package dev.latchkey.campaign;

import java.util.random.RandomGenerator;

/** One kind of trouble, made again and again for servers that this has started. */
interface Trial extends AutoCloseable {
    /**
     * Makes the trouble some times and looks at what came of it.
     *
     * @param most how often it is wanted at most
     * @param chance all that is left to chance; the same seed and round give the same
     * @return how often it was made, at least once
     */
    int round(int most, RandomGenerator chance, Findings findings) throws Exception;

    /** Ends what it has started beside {@link Servers}. */
    @Override
    default void close() {}

    /** Begins one. */
    @FunctionalInterface
    interface Start {
        Trial on(Servers servers);
    }
}
