package dev.latchkey.photo;

/** What becomes of an upload. */
public sealed interface PhotoResult {

    /** It is safe to show now. */
    record Processed(Photo photo) implements PhotoResult {}

    /** It cannot be used. */
    record Refused(Reason reason) implements PhotoResult {}

    /** Why an upload cannot be used. */
    enum Reason {
        TOO_LARGE,
        UNSUPPORTED,
        TOO_MANY_PIXELS,
        DAMAGED
    }
}
