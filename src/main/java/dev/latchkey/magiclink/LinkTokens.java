package dev.latchkey.magiclink;

import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.ServerSecret;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes and recognises the secret part of a magic link.
 *
 * <p>A token is a link id of 20 bytes, 16 of them random, and 16 bytes of HMAC-SHA256 over purpose and id under the
 * server secret: 31 and 25 digits to the base 36. Small letters and digits alone, because readers of plain text leave
 * out a dash or an underscore at the end of a link. Only the id is stored. A copy of the database therefore opens
 * nothing, and the mail's link can be made again when it is sent once more. The id begins with the second in which it was
 * made, so that ids of one time lie together in every index.
 */
@Singleton
public final class LinkTokens {
    private static final int RANDOM_BYTES = 16;
    private static final int ID_BYTES = Integer.BYTES + RANDOM_BYTES;
    private static final int ID_LENGTH = 31;
    private static final int TAG_BYTES = 16;
    private static final int TAG_LENGTH = 25;

    private final KeyedDigest key;
    private final SecureRandom random;

    LinkTokens(ServerSecret secret, SecureRandom random) {
        this.key = secret.tokenMac("link-token");
        this.random = random;
    }

    /** A fresh link id: the second and 128 random bits, which sort by time. */
    public String newLinkId(Instant now) {
        byte[] secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        return digits(
                ByteBuffer.allocate(ID_BYTES)
                        .putInt((int) now.getEpochSecond())
                        .put(secret)
                        .array(),
                ID_LENGTH);
    }

    /** The token for a link; the same every time, so a mail that is sent twice holds one link. */
    public String mint(String linkId, LinkPurpose purpose) {
        return linkId + tag(linkId, purpose);
    }

    /**
     * The id of the link that a token belongs to.
     *
     * @return empty unless this server issued exactly this token for this purpose
     */
    public Optional<String> linkIdOf(String token, LinkPurpose purpose) {
        // Links that were asked for before ids had this alphabet are shorter.
        if (token.length() <= TAG_LENGTH || token.length() > ID_LENGTH + TAG_LENGTH) {
            return Optional.empty();
        }
        int end = token.length() - TAG_LENGTH;
        String linkId = token.substring(0, end);
        byte[] expected = tag(linkId, purpose).getBytes(StandardCharsets.UTF_8);
        byte[] given = token.substring(end).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given) ? Optional.of(linkId) : Optional.empty();
    }

    private String tag(String linkId, LinkPurpose purpose) {
        byte[] whole = key.bytes(purpose.name() + '\0' + linkId);
        return digits(Arrays.copyOf(whole, TAG_BYTES), TAG_LENGTH);
    }

    private static String digits(byte[] bytes, int length) {
        String digits = new BigInteger(1, bytes).toString(Character.MAX_RADIX);
        return "0".repeat(length - digits.length()) + digits;
    }
}
