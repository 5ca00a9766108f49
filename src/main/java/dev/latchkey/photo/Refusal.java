package dev.latchkey.photo;

import dev.latchkey.photo.PhotoResult.Reason;

/** Ends the reading of a file at the point where it turned out unusable; never leaves this package. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public Refusal(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
