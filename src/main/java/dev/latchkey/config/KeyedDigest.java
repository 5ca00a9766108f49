package dev.latchkey.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Digests for one use that nobody without the server secret can make or find by trying (HMAC-SHA256). */
public final class KeyedDigest {
    /** Never used itself: a copy saves finding the algorithm and taking in the key each time. */
    private final Mac keyed;

    /** Digests that only this key makes. */
    public KeyedDigest(SecretKey key) {
        try {
            keyed = Mac.getInstance(key.getAlgorithm());
            keyed.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256", e);
        }
    }

    /** 43 letters and digits, {@code -} and {@code _}; the same text always has the same. */
    public String of(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
    }

    /** The same as 32 bytes. */
    public byte[] bytes(String text) {
        try {
            return ((Mac) keyed.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's HMAC can be copied", e);
        }
    }
}
