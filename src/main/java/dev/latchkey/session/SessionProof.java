package dev.latchkey.session;

/** How somebody showed who they are when a session was opened. */
public enum SessionProof {
    /** By a link that was mailed to the account's own mailbox. */
    LINK,
    PASSPHRASE
}
