package dev.latchkey.mail;

import java.time.Instant;

/** How one attempt to send a mail ended, to be written down. */
sealed interface Fate {
    OutboxMail mail();

    /** The server took it. */
    record Accepted(OutboxMail mail, Instant at) implements Fate {}

    /** There was nothing to send any more. */
    record Dropped(OutboxMail mail) implements Fate {}

    /** To be tried again. */
    record Postponed(OutboxMail mail, Instant dueAt, String error) implements Fate {}

    /** Given up. */
    record Parked(OutboxMail mail, String error) implements Fate {}

    /** What it meant could not be recorded, and never will be: kept for an operator to see, and not sent again. */
    record Unrecorded(OutboxMail mail, String error) implements Fate {}

    /** Taken but not tried. */
    record Released(OutboxMail mail) implements Fate {}
}
