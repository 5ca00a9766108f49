package dev.latchkey.config;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The server secret, from which the key of each use is derived (HMAC-SHA256 of the use's name, as in RFC 5869's expand
 * step), so that no two uses share a key.
 */
@Singleton
public final class ServerSecret {
    /** Least length of the secret in bytes. */
    public static final int LEAST_BYTES = 32;

    /** Its name in the data directory. */
    public static final String FILE = "secret";

    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec master;
    private final TokenEpoch epoch;

    ServerSecret(LatchkeySettings settings, TokenEpoch epoch, SecureRandom random) {
        master = new SecretKeySpec(secret(settings.secret(), settings.dataDir(), random), HMAC);
        this.epoch = epoch;
    }

    /** Digests for one use, such as {@code link-token}; those of different uses say nothing of each other. */
    public KeyedDigest mac(String use) {
        return new KeyedDigest(keyFor(use));
    }

    /** The key for one use; always the same for the same secret. */
    public SecretKeySpec keyFor(String use) {
        return new SecretKeySpec(new KeyedDigest(master).bytes(use), HMAC);
    }

    /** Digests that are a right in somebody's hands: what was made before the {@link TokenEpoch} is none any more. */
    public KeyedDigest tokenMac(String use) {
        return new KeyedDigest(tokenKeyFor(use));
    }

    /** The key of such digests. */
    public SecretKeySpec tokenKeyFor(String use) {
        String now = epoch.current();
        return keyFor(now.isEmpty() ? use : use + '\0' + now);
    }

    /** Whether a text is base64 of enough bytes. */
    public static boolean isStrong(String text) {
        try {
            return Base64.getDecoder().decode(text.strip()).length >= LEAST_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] secret(@Nullable String configured, Path dataDir, SecureRandom random) {
        if (configured != null && !configured.isBlank()) {
            return Base64.getDecoder().decode(configured.strip());
        }
        try {
            Path file = Files.createDirectories(dataDir).resolve(FILE);
            return Base64.getDecoder().decode(readOrCreate(file, random).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("The secret in the data directory cannot be read or written", e);
        }
    }

    /** Written beside and moved into place, so that a crash never leaves half a secret behind. */
    private static String readOrCreate(Path file, SecureRandom random) throws IOException {
        if (Files.notExists(file)) {
            byte[] fresh = new byte[LEAST_BYTES];
            random.nextBytes(fresh);
            Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".tmp", OwnerOnly.ofFile());
            Files.writeString(draft, Base64.getEncoder().encodeToString(fresh), StandardOpenOption.SYNC);
            try {
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException e) {
                // Another process was first: its secret is the one.
            } finally {
                Files.deleteIfExists(draft);
            }
        }
        return Files.readString(file);
    }
}
