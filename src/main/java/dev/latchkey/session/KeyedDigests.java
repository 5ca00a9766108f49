package dev.latchkey.session;

import dev.latchkey.config.ServerSecret;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests that nobody without the server secret can make or find by trying. */
@Singleton
final class KeyedDigests {
    private final SecretKeySpec key;

    KeyedDigests(ServerSecret secret) {
        this.key = secret.keyFor("session-digest");
    }

    String of(String use, String text) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((use + ":" + text).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256", e);
        }
    }
}
