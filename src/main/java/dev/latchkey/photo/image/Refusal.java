package dev.latchkey.photo.image;

import dev.latchkey.photo.PhotoResult.Reason;

/** Ends the reading of an upload at the point where it turned out unusable; never leaves this package. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    Refusal(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    /** Refuses the file as damaged unless the condition holds. */
    static void require(boolean condition) throws Refusal {
        if (!condition) {
            throw new Refusal(Reason.DAMAGED);
        }
    }
}
