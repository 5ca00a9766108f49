package dev.latchkey.membership.moving;

import java.time.Duration;

/** What asking to move an account to another mailbox can lead to. In every case but {@link Asked} nothing was written. */
public sealed interface AskOutcome {

    /** If the address is free, its mailbox was mailed a link; if it is somebody's, they were told. Nobody learns which. */
    record Asked() implements AskOutcome {}

    /** The account has this address already. */
    record Unchanged() implements AskOutcome {}

    /** What should prove who asks does not, or no more. */
    record NotProven() implements AskOutcome {}

    /** Too many wrong passphrases lately. */
    record SlowedDown(Duration retryAfter) implements AskOutcome {}

    /** Too many such mails were asked for, for this account or by this caller. */
    record LimitReached(Duration retryAfter) implements AskOutcome {}
}
