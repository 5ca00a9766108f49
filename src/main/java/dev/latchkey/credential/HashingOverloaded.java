package dev.latchkey.credential;

/** Too many passphrases are being hashed at once; trying again later helps. */
public final class HashingOverloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HashingOverloaded() {
        super("No permit to hash a passphrase came free in time");
    }
}
