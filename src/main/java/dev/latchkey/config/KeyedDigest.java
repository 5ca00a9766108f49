package dev.latchkey.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Digests for one use that nobody without the server secret can make or find by trying (HMAC-SHA256). */
public final class KeyedDigest {
    private final SecretKey key;

    KeyedDigest(SecretKey key) {
        this.key = key;
    }

    /** 43 letters and digits, {@code -} and {@code _}; the same text always has the same. */
    public String of(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
    }

    /** The same as 32 bytes. */
    public byte[] bytes(String text) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256", e);
        }
    }
}
