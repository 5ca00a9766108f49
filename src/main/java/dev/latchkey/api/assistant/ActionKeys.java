package dev.latchkey.api.assistant;

import dev.latchkey.config.LatchkeySettings;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bearer keys of the action, kept as SHA-256 digests only. */
@Singleton
final class ActionKeys {
    private final List<byte[]> digests;

    ActionKeys(LatchkeySettings settings) {
        digests = settings.actionKeys().stream().map(ActionKeys::digest).toList();
    }

    /** The digest of the key, if it is one of ours. Always looks at all of them, so that time tells nothing. */
    Optional<String> find(String key) {
        byte[] presented = digest(key);
        byte @Nullable [] found = null;
        for (byte[] digest : digests) {
            if (MessageDigest.isEqual(digest, presented)) {
                found = digest;
            }
        }
        return Optional.ofNullable(found).map(HexFormat.of()::formatHex);
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
