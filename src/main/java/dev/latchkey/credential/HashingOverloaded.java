package dev.latchkey.credential;

/** Too many passphrases wait to be hashed; trying again later helps. */
public final class HashingOverloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a stack trace: a crowd meets it, and it says nothing that the message does not. */
    HashingOverloaded() {
        super("Too many passphrases wait to be hashed", null, false, false);
    }
}
