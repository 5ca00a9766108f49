package dev.latchkey.mail.delivery;

import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.MailKinds;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxMessages;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/** How one attempt to send a mail ended, to be written down. */
sealed interface DeliveryResult {
    OutboxMessage mail();

    default UUID id() {
        return mail().id();
    }

    /** The server took it. */
    record Accepted(OutboxMessage mail, Instant at) implements DeliveryResult {}

    /** None goes to that address; nothing is kept of it, as its account says why. */
    record Withheld(OutboxMessage mail) implements DeliveryResult {}

    /** There was nothing to send any more. */
    record Dropped(OutboxMessage mail) implements DeliveryResult {}

    /** To be tried again. */
    record Postponed(OutboxMessage mail, Instant dueAt, String error) implements DeliveryResult {}

    /** Given up. */
    record Parked(OutboxMessage mail, String error) implements DeliveryResult {}

    /** What it meant could not be recorded, and never will be: kept for an operator to see, and not sent again. */
    record Unrecorded(OutboxMessage mail, String error) implements DeliveryResult {
        static Unrecorded because(DeliveryResult result, Throwable failure) {
            String what = result instanceof Accepted ? "Accepted by the mail server, but recording it" : "Recording it";
            return new Unrecorded(
                    result.mail(), what + " failed: " + failure.getClass().getSimpleName());
        }
    }

    /** Taken but not tried. */
    record Released(OutboxMessage mail) implements DeliveryResult {}

    /**
     * Writes it down as part of the caller's transaction, and tells the mail's kind.
     *
     * @return false where another worker owns the mail by now and decides
     */
    default boolean apply(OutboxMessages mails, MailKinds kinds, Instant now) {
        OutboxMessage mail = mail();
        return switch (this) {
            case Accepted accepted -> tell(kinds, mails.remove(id()), kind -> kind.accepted(mail, accepted.at()));
            case Withheld withheld -> tell(kinds, mails.remove(id()), kind -> kind.undeliverable(mail, now));
            case Dropped dropped -> tell(kinds, mails.remove(id()), kind -> kind.dropped(mail, now));
            case Postponed postponed ->
                mails.postpone(id(), mail.leasedBy(), postponed.dueAt(), postponed.error()) == 1;
            case Parked parked ->
                tell(kinds, mails.park(id(), mail.leasedBy(), parked.error()), kind -> kind.undeliverable(mail, now));
            case Unrecorded unrecorded -> mails.parkWhoeverOwnsIt(id(), unrecorded.error()) == 1;
            case Released released -> mails.release(id(), mail.leasedBy(), now) == 1;
        };
    }

    private boolean tell(MailKinds kinds, int rows, Consumer<MailKind> what) {
        boolean ours = rows == 1;
        if (ours) {
            kinds.find(mail()).ifPresent(what);
        }
        return ours;
    }
}
