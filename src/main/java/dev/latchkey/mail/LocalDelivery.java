package dev.latchkey.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Delivers mails in this process; the outbox asks it for a place before it puts one in. */
public interface LocalDelivery {

    /**
     * A place for one mail that is put in under a lease, and so need not be claimed. Whoever has it must either
     * {@link #send} that mail or {@link #giveBack} it when its transaction has ended.
     *
     * @return empty where nothing is delivered here at the moment, or where enough waits already: then the mail is put in
     *     for whichever process comes first
     */
    Optional<Lease> reserve();

    /** The mail is stored; work on it begins after that time. */
    void send(OutboxMessage mail, Lease lease, Duration pause);

    /** Whether the mail is stored is not known; if it is, it is due again at once. */
    void giveBack(OutboxMessage mail);

    /** A mail that was put in without a place is looked for after that time. */
    void wake(Duration pause);

    /**
     * For how long a mail is this process's own.
     *
     * @param end for other processes
     * @param endNanos for this one, by {@link System#nanoTime}, because the wall clock may jump
     */
    record Lease(String name, Instant end, long endNanos) {}
}
