package dev.latchkey.magiclink;

import dev.latchkey.config.ServerSecret;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed digests of whom a link was asked for, so that addresses nobody registered are not kept in the clear. */
@Singleton
final class SubjectDigests {
    private final SecretKeySpec key;

    SubjectDigests(ServerSecret secret) {
        this.key = secret.keyFor("subject-digest");
    }

    String of(UUID accountId) {
        return digest("account:" + accountId);
    }

    String of(Subject subject) {
        return switch (subject) {
            case Subject.ByEmail by -> digest("email:" + by.email());
            case Subject.ByPin by -> digest("pin:" + by.pin());
        };
    }

    private String digest(String text) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256", e);
        }
    }
}
