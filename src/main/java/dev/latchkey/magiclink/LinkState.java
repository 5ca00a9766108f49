package dev.latchkey.magiclink;

import java.util.EnumSet;
import java.util.Set;

/** How far a request for a link has come. */
public enum LinkState {
    /** The mail waits in the outbox. */
    QUEUED,
    /** The mail server has accepted the mail. */
    SENT,
    /** The mail server refused the mail for good. */
    UNDELIVERABLE,
    /** Somebody has looked at what the link opens. */
    OPENED,
    /** The link was used. */
    SAVED,
    /** What was saved with it was taken back. */
    UNDONE,
    /** Its time ran out. */
    EXPIRED,
    /** Another link of the account was used first, the account asked for it, or it was blocked. */
    REVOKED;

    /** Those in which its mail never left. */
    static final Set<LinkState> UNSENT = EnumSet.of(QUEUED, UNDELIVERABLE);
    /** Those in which nothing has come of it yet. */
    static final Set<LinkState> UNUSED = EnumSet.of(QUEUED, UNDELIVERABLE, SENT, OPENED);

    /** Whether its link was used or withdrawn, whatever time it had left. */
    boolean isOver() {
        return this == SAVED || this == UNDONE || this == REVOKED;
    }

    /** Whether its mail left, and nothing has ended it yet. */
    boolean isOpen() {
        return this == SENT || this == OPENED || this == UNDELIVERABLE;
    }
}
