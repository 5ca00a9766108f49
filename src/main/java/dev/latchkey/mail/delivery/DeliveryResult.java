package dev.latchkey.mail.delivery;

import dev.latchkey.mail.OutboxMail;
import java.time.Instant;

/** How one attempt to send a mail ended, to be written down. */
public sealed interface DeliveryResult {
    OutboxMail mail();

    /** The server took it. */
    record Accepted(OutboxMail mail, Instant at) implements DeliveryResult {}

    /** There was nothing to send any more. */
    record Dropped(OutboxMail mail) implements DeliveryResult {}

    /** To be tried again. */
    record Postponed(OutboxMail mail, Instant dueAt, String error) implements DeliveryResult {}

    /** Given up. */
    record Parked(OutboxMail mail, String error) implements DeliveryResult {}

    /** What it meant could not be recorded, and never will be: kept for an operator to see, and not sent again. */
    record Unrecorded(OutboxMail mail, String error) implements DeliveryResult {}

    /** Taken but not tried. */
    record Released(OutboxMail mail) implements DeliveryResult {}
}
