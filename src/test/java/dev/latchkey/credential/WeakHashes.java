package dev.latchkey.credential;

/** Hashes as they were made before the parameters grew. */
public final class WeakHashes {
    private WeakHashes() {}

    public static String of(String passphrase) {
        return new Argon2(4 * 1024, 1, 1).encode(passphrase, new byte[Argon2.SALT_BYTES]);
    }
}
