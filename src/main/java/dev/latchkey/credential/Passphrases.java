package dev.latchkey.credential;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and verifies passphrases under a bounded number of permits: each computation takes 19 MiB and a core for some
 * tens of milliseconds, so a crowd must queue instead of exhausting memory. Never call it inside a transaction.
 */
@Singleton
public final class Passphrases {
    private static final long PATIENCE_SECONDS = 10;

    private final SecureRandom random;
    private final Semaphore permits =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

    Passphrases(SecureRandom random) {
        this.random = random;
    }

    /**
     * The form in which a passphrase is stored: Argon2id with a salt of its own.
     *
     * @throws HashingOverloaded when no permit came free in time
     */
    public String hash(String passphrase) {
        byte[] salt = new byte[Argon2.SALT_BYTES];
        random.nextBytes(salt);
        return permitted(() -> Argon2.CURRENT.encode(passphrase, salt));
    }

    /**
     * Whether a passphrase is the stored one.
     *
     * @throws HashingOverloaded when no permit came free in time
     */
    public boolean matches(String passphrase, String stored) {
        return permitted(() -> Argon2.verify(passphrase, stored));
    }

    /**
     * As {@link #matches}, and where there is nothing stored, the same work for nothing: time must not tell who has a
     * passphrase.
     */
    public boolean matchesOrPretend(String passphrase, @Nullable String stored) {
        return matches(passphrase, stored == null ? Argon2.STAND_IN : stored) && stored != null;
    }

    /** Whether a stored passphrase was hashed with less than today's parameters. */
    public boolean isOutdated(String stored) {
        return Argon2.isWeaker(stored);
    }

    private <T> T permitted(Supplier<T> computation) {
        try {
            if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new HashingOverloaded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HashingOverloaded();
        }
        try {
            return computation.get();
        } finally {
            permits.release();
        }
    }
}
