package dev.latchkey.membership.leaving;

import java.time.Duration;
import java.time.Instant;

/** What closing one's own account can lead to. */
public sealed interface ClosingOutcome {

    /**
     * Nothing of it answers any more, and its owner was mailed how to take that back.
     *
     * @param eraseAt when it will be erased
     */
    record Closed(Instant eraseAt) implements ClosingOutcome {}

    /** Nobody ever proved its mailbox, so nobody could take it back: it is erased already. */
    record Erased() implements ClosingOutcome {}

    /** What should prove who asks does not, or no more. */
    record NotProven() implements ClosingOutcome {}

    /** Too many wrong passphrases lately. */
    record SlowedDown(Duration retryAfter) implements ClosingOutcome {}
}
