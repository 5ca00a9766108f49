package dev.latchkey.magiclink;

import dev.latchkey.config.ServerSecret;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and recognises the secret part of a magic link.
 *
 * <p>A token is a link id of 20 bytes, 16 of them random, and 16 bytes of HMAC-SHA256 over purpose and id under the
 * server secret, in base64url: 48 characters without spare bits, so that no two texts mean the same token. Only the id
 * is stored. A copy of the database therefore opens nothing, and the mail's link can be made again when it is sent once
 * more. The id begins with the second in which it was made, so that ids of one time lie together in every index.
 */
@Singleton
public final class LinkTokens {
    private static final int RANDOM_BYTES = 16;
    private static final int ID_BYTES = Integer.BYTES + RANDOM_BYTES;
    private static final int TAG_BYTES = 16;
    private static final int TEXT_LENGTH = 48;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;
    private final SecureRandom random;

    LinkTokens(ServerSecret secret, SecureRandom random) {
        this.key = secret.keyFor("link-token");
        this.random = random;
    }

    /** A fresh link id: the second and 128 random bits, as base64url. */
    String newLinkId(Instant now) {
        byte[] secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        byte[] id = ByteBuffer.allocate(ID_BYTES)
                .putInt((int) now.getEpochSecond())
                .put(secret)
                .array();
        return ENCODER.encodeToString(id);
    }

    /** The token for a link; the same every time, so a mail that is sent twice holds one link. */
    String mint(String linkId, LinkPurpose purpose) {
        byte[] id = Base64.getUrlDecoder().decode(linkId);
        byte[] token = Arrays.copyOf(id, ID_BYTES + TAG_BYTES);
        System.arraycopy(tag(id, purpose), 0, token, ID_BYTES, TAG_BYTES);
        return ENCODER.encodeToString(token);
    }

    /**
     * The id of the link that a token belongs to.
     *
     * @return empty unless this server issued exactly this token for this purpose
     */
    Optional<String> linkIdOf(String token, LinkPurpose purpose) {
        if (token.length() != TEXT_LENGTH) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != ID_BYTES + TAG_BYTES) {
            return Optional.empty();
        }
        byte[] id = Arrays.copyOf(bytes, ID_BYTES);
        boolean ours =
                MessageDigest.isEqual(tag(id, purpose), Arrays.copyOfRange(bytes, ID_BYTES, ID_BYTES + TAG_BYTES));
        return ours ? Optional.of(ENCODER.encodeToString(id)) : Optional.empty();
    }

    private byte[] tag(byte[] id, LinkPurpose purpose) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update(purpose.name().getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(id), TAG_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256", e);
        }
    }
}
