package dev.latchkey.api.problem;

import dev.latchkey.config.DatabaseTrouble;
import dev.latchkey.credential.HashingOverloaded;
import dev.latchkey.photo.DecodingOverloaded;
import dev.latchkey.photo.PhotoStoreUnavailable;

/**
 * Broken plumbing after which everything is as it was: answered with 503, as the same request is worth another try.
 */
public final class PassingTrouble {
    private PassingTrouble() {}

    /** Whether this exception is of that kind. */
    public static boolean isBehind(Throwable exception) {
        return exception instanceof PhotoStoreUnavailable
                || exception instanceof DecodingOverloaded
                || exception instanceof HashingOverloaded
                || DatabaseTrouble.isFailure(exception);
    }
}
