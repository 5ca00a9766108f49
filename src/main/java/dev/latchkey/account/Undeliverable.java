package dev.latchkey.account;

/** Why no mail goes to the address of an account until its owner proves the mailbox anew. */
public enum Undeliverable {
    /** A mail came back for good: nobody has that mailbox. */
    BOUNCE,
    /** Whoever has the mailbox complained of a mail. */
    COMPLAINT
}
