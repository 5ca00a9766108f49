package dev.latchkey.webhook;

import dev.latchkey.config.operating.WebhookSettings;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as Standard Webhooks has it: {@code v1,} and the base64 of an HMAC-SHA256 over id, time and body, one for
 * each secret, so that receivers may change theirs when it suits them.
 */
@Singleton
class Signatures {
    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> keys;

    Signatures(WebhookSettings settings) {
        keys = settings.keys().stream()
                .map(key -> new SecretKeySpec(key, ALGORITHM))
                .toList();
    }

    /** The value of the header {@code webhook-signature}. */
    String of(String id, long seconds, String body) {
        byte[] signed = (id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .map(key -> "v1," + Base64.getEncoder().encodeToString(mac(key, signed)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] mac(SecretKeySpec key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
