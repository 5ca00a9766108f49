package dev.latchkey.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Delivers mails in this process; the outbox asks it for a place before it puts one in. */
public interface LocalDelivery {

    /**
     * A place for one mail, which then is this process's own from the beginning and need not be claimed.
     *
     * @return empty where nothing is delivered here at the moment, or where enough waits already: then the mail is put in
     *     for whichever process comes first
     */
    Optional<Place> reserve();

    /** A mail that was put in without a place is looked for after that time. */
    void wake(Duration pause);

    /** To be given up by exactly one of the two calls, when the transaction that puts the mail in has ended. */
    interface Place {
        /** The name of the lease under which the mail is put in. */
        String lease();

        /** When others may take the mail. */
        Instant leaseEnd();

        /** The mail is stored; work on it begins after that time. */
        void send(OutboxMail mail, Duration pause);

        /** Whether the mail is stored is not known; if it is, it is due again at once. */
        void giveBack(OutboxMail mail);
    }
}
