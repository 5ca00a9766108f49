package dev.latchkey.database;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;

/**
 * Writes beside the matter. Whoever is answered has what they came for, or never needed this: a database that cannot work
 * just then must not make their answer a failure.
 */
public final class BestEffort {
    private BestEffort() {}

    /**
     * Tries something once.
     *
     * @param otherwise what the log says where the database fails; anything else that is thrown goes on
     * @return what it returns; false where the database fails
     */
    public static boolean tried(Logger log, String otherwise, BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } catch (RuntimeException e) {
            if (!DatabaseFailure.isFailure(e)) {
                throw e;
            }
            log.warn(otherwise, e);
            return false;
        }
    }

    /** The same for what returns nothing. */
    public static void tried(Logger log, String otherwise, Runnable work) {
        tried(log, otherwise, () -> {
            work.run();
            return true;
        });
    }
}
