package dev.latchkey.mail;

/** Where a mail in the outbox stands; one that was accepted is no longer there. */
public enum MailState {
    /** To be sent at its due time, or being sent under a lease that ends then. */
    WAITING,
    /** Given up until an operator puts it back. */
    PARKED
}
