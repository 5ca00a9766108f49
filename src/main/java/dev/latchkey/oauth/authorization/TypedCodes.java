package dev.latchkey.oauth.authorization;

import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.ServerSecret;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The code that does for a person at another screen what the link of the same mail does: eight characters, 40 bits, of an
 * HMAC over the link's id under the server secret. Kept nowhere; so few tries are let go that it cannot be guessed.
 *
 * <p>In Crockford's base 32, which has none of I, L, O and U: whoever reads one of the first three into it means 1 or 0.
 */
@Singleton
final class TypedCodes {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 8;

    private final KeyedDigest key;

    TypedCodes(ServerSecret secret) {
        this.key = secret.tokenMac("typed-code");
    }

    /** The code that belongs to a link. */
    String of(String linkId) {
        byte[] digest = key.bytes(linkId);
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(digest[i] & (ALPHABET.length() - 1)));
        }
        return code.toString();
    }

    /** As people read it: in two groups. */
    String readable(String linkId) {
        String code = of(linkId);
        return code.substring(0, LENGTH / 2) + "-" + code.substring(LENGTH / 2);
    }

    /** Whether somebody typed this link's code, in letters of any case and width, with whatever between them. */
    boolean matches(String linkId, String typed) {
        String plain = Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^0-9A-Z]", "")
                .replace('O', '0')
                .replaceAll("[IL]", "1");
        return MessageDigest.isEqual(
                of(linkId).getBytes(StandardCharsets.UTF_8), plain.getBytes(StandardCharsets.UTF_8));
    }
}
