package dev.latchkey.photo;

import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A portrait that is safe to show.
 *
 * @param hash SHA-256 of the bytes as 64 hex digits in lower case, its address
 * @param jpeg the bytes, not to be changed
 */
public record Photo(String hash, byte[] jpeg) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** The photo that these bytes are. */
    public static Photo of(byte[] jpeg) {
        return new Photo(DigestUtils.sha256Hex(jpeg), jpeg);
    }

    /** Whether the text has the form of a photo's hash; nothing else may become part of a path. */
    public static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }
}
