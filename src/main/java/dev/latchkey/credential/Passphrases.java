package dev.latchkey.credential;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and verifies passphrases on {@link HashingThreads}: each computation takes 19 MiB and a core for some tens of
 * milliseconds, so a crowd must queue instead of exhausting either. Never call it inside a transaction.
 *
 * <p>Wherever a caller is named, it is a network address, an account or whatever else stands for one who must not make
 * others wait.
 */
@Singleton
public final class Passphrases {
    /**
     * More characters than any stored passphrase has in whatever form it is typed: a composed character falls apart into
     * four code points at most. Bringing a text into one form can take time with the square of its length.
     */
    private static final int MOST_CHARACTERS = PassphrasePolicy.MOST * 4 * 2;

    private static final String OURSELVES = "";

    private final SecureRandom random;
    private final HashingThreads threads;

    Passphrases(SecureRandom random, HashingThreads threads) {
        this.random = random;
        this.threads = threads;
    }

    /** As {@link #hash(String, String)}, for ourselves. */
    public String hash(String passphrase) {
        return hash(passphrase, OURSELVES);
    }

    /**
     * The form in which a passphrase is stored: Argon2id with a salt of its own.
     *
     * @throws HashingOverloaded when too many wait already
     */
    public String hash(String passphrase, String caller) {
        byte[] salt = new byte[Argon2.SALT_BYTES];
        random.nextBytes(salt);
        return threads.hash(caller, () -> Argon2.CURRENT.encode(passphrase, salt));
    }

    /**
     * Whether a passphrase is the stored one.
     *
     * @throws HashingOverloaded when too many wait already
     */
    public boolean matches(String passphrase, String stored, String caller) {
        int length = passphrase.length();
        String typed = length > MOST_CHARACTERS ? passphrase.substring(0, MOST_CHARACTERS) : passphrase;
        return threads.verify(caller, () -> Argon2.verify(typed, stored)) && length <= MOST_CHARACTERS;
    }

    /**
     * As {@link #matches}, and where there is nothing stored, the same work for nothing: time must not tell who has a
     * passphrase.
     */
    public boolean matchesOrPretend(String passphrase, @Nullable String stored, String caller) {
        return matches(passphrase, stored == null ? Argon2.STAND_IN : stored, caller) && stored != null;
    }

    /** Whether a stored passphrase was hashed with less than today's parameters. */
    public boolean isOutdated(String stored) {
        return Argon2.isWeaker(stored);
    }
}
