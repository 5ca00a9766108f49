package dev.latchkey.mail;

/** What a worker may do next. */
enum Turn {
    /** Wait on: there is nothing. */
    NONE,
    /** Take a mail that is in hand. */
    MAIL,
    /** Claim more from the outbox, for all. */
    CLAIM
}
