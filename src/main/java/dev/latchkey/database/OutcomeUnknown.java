package dev.latchkey.database;

/**
 * The database went away between a commit and its answer, and does not come back soon enough to be asked: nobody knows
 * whether the transaction was.
 */
public final class OutcomeUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Doing doing;

    OutcomeUnknown(Doing doing, RuntimeException cause) {
        super("Nobody knows whether this was written: " + doing, cause);
        this.doing = doing;
    }

    /** What it was about, as people are told how they can find out. */
    public Doing doing() {
        return doing;
    }

    /** What can be done only once, or not be taken back. */
    public enum Doing {
        /** A link was used. */
        USE_LINK,
        /** A link was asked for. */
        REQUEST_LINK,
        /** An account was made. */
        SIGN_UP,
        /** Somebody who is signed in changed their profile or account. */
        CHANGE_ACCOUNT;

        /** Whether whoever asked can see what became of it; else a mail comes, or none, and they ask again. */
        public boolean isKnownLater() {
            return this == USE_LINK || this == CHANGE_ACCOUNT;
        }
    }
}
