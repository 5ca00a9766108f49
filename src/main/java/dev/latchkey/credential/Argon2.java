package dev.latchkey.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) in its PHC text form, {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 *
 * @param memoryKib memory of one computation, in KiB
 * @param passes iterations
 * @param lanes degree of parallelism
 */
record Argon2(int memoryKib, int passes, int lanes) {
    /** The first choice of the OWASP Password Storage Cheat Sheet. */
    static final Argon2 CURRENT = new Argon2(19 * 1024, 2, 1);

    /**
     * The memory of one computation, used again and cleared by the library each time: as garbage it would drive the heap
     * to its limit with every few sign-ins.
     */
    private static final Argon2BytesGenerator.BlockPool MEMORY =
            new Argon2BytesGenerator.FixedBlockPool(CURRENT.memoryKib());

    static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,3}),p=(\\d{1,3})\\$([^$]{8,128})\\$([^$]{8,256})");
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    /** Costs as much to try as any hash of today, and no passphrase is known to match it. */
    static final String STAND_IN = "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(
                    CURRENT.memoryKib(),
                    CURRENT.passes(),
                    CURRENT.lanes(),
                    ENCODER.encodeToString(new byte[SALT_BYTES]),
                    ENCODER.encodeToString(new byte[HASH_BYTES]));

    /** The PHC text for a passphrase under a fresh salt. */
    String encode(String passphrase, byte[] salt) {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        memoryKib,
                        passes,
                        lanes,
                        ENCODER.encodeToString(salt),
                        ENCODER.encodeToString(derive(passphrase, salt, HASH_BYTES)));
    }

    /** Whether a passphrase is the one that was encoded, in constant time; false for a text of another form. */
    static boolean verify(String passphrase, String encoded) {
        Matcher parts = PHC.matcher(encoded);
        if (!parts.matches()) {
            return false;
        }
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        return MessageDigest.isEqual(expected, parameters(parts).derive(passphrase, salt, expected.length));
    }

    /** Whether a hash was made with less memory or fewer passes than today's; true for a text of another form. */
    static boolean isWeaker(String encoded) {
        Matcher parts = PHC.matcher(encoded);
        if (!parts.matches()) {
            return true;
        }
        Argon2 used = parameters(parts);
        return used.memoryKib < CURRENT.memoryKib || used.passes < CURRENT.passes;
    }

    private static Argon2 parameters(Matcher parts) {
        return new Argon2(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
    }

    private byte[] derive(String passphrase, byte[] salt, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .withBlockPool(MEMORY)
                .build());
        byte[] hash = new byte[length];
        // The same letters typed on another keyboard may arrive decomposed.
        String composed = Normalizer.normalize(passphrase, Normalizer.Form.NFC);
        generator.generateBytes(composed.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
