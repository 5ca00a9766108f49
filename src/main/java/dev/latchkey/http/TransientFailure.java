package dev.latchkey.http;

import dev.latchkey.credential.HashingOverloaded;
import dev.latchkey.database.DatabaseFailure;
import dev.latchkey.photo.DecodingOverloaded;
import dev.latchkey.photo.PhotoStoreUnavailable;

/**
 * Broken plumbing after which everything is as it was: answered with 503, as the same request is worth another try.
 */
public final class TransientFailure {
    private TransientFailure() {}

    /** Whether this exception is of that kind. */
    public static boolean isBehind(Throwable exception) {
        return exception instanceof PhotoStoreUnavailable
                || exception instanceof DecodingOverloaded
                || exception instanceof HashingOverloaded
                || DatabaseFailure.isFailure(exception);
    }
}
