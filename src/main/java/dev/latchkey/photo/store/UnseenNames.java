package dev.latchkey.photo.store;

import dev.latchkey.config.ServerSecret;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names in a public bucket of photos that no profile shows. Whoever uploads a picture knows its hash, so the name holds
 * a digest that only the server secret makes: even in a bucket that is public as a whole, nobody can ask for it.
 */
@Singleton
final class UnseenNames {
    static final String FOLDER = "unseen/";

    private static final int DIGEST_BYTES = 16;

    private final SecretKeySpec key;

    @Inject
    UnseenNames(ServerSecret secret) {
        this(secret.keyFor("unseen-photo"));
    }

    UnseenNames(SecretKeySpec key) {
        this.key = key;
    }

    String of(String hash) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            byte[] digest = Arrays.copyOf(mac.doFinal(hash.getBytes(StandardCharsets.US_ASCII)), DIGEST_BYTES);
            return FOLDER + hash + "-" + HexFormat.of().formatHex(digest) + ".jpg";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256", e);
        }
    }
}
