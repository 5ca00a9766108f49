package dev.latchkey.config.operating;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The private key that mails are signed with.
 *
 * <p>RSA alone: RFC 8463 has Ed25519, too, but who does not check it takes the mail for an unsigned one, and the largest
 * providers do not.
 */
public final class DkimKey {
    /** RFC 8301 section 3.2: shorter ones must not be used, and longer ones need not be checked. */
    private static final int LEAST_BITS = 1024;

    private static final int SOUND_BITS = 2048;
    private static final int MOST_BITS = 4096;

    /** More than any key takes. */
    private static final long MOST_BYTES = 64 * 1024;

    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private final RSAPrivateCrtKey key;

    private DkimKey(RSAPrivateCrtKey key) {
        this.key = key;
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException that goes on after the name of the setting: "holds no key"
     */
    public static DkimKey read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException("names no file with a key, \"" + file + "\"");
            }
            return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalArgumentException("names no file that can be read, \"" + file + "\"", e);
        }
    }

    /** What keeps a file from being used; nothing when all is well. */
    public static Stream<String> mistakes(String file, boolean dev) {
        try {
            Path path = Path.of(file);
            DkimKey read = read(path);
            return Stream.of(opennessOf(path), read.weakness(dev)).flatMap(Stream::ofNullable);
        } catch (InvalidPathException e) {
            return Stream.of("names no file, \"" + file + "\"");
        } catch (IllegalArgumentException e) {
            return Stream.of(String.valueOf(e.getMessage()));
        }
    }

    /** What it signs with. */
    public RSAPrivateCrtKey privateKey() {
        return key;
    }

    /** Its public half as DNS publishes it (RFC 6376 section 3.6.1). */
    public String publicRecord() {
        try {
            byte[] half = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                    .getEncoded();
            return "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(half);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DkimKey parse(String text) {
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw new IllegalArgumentException("holds no key in PEM");
        }
        String kind = pem.group(1);
        if (!kind.equals("PRIVATE KEY")) {
            throw new IllegalArgumentException("holds a \"" + kind + "\" and no \"PRIVATE KEY\" of PKCS#8");
        }
        try {
            PKCS8EncodedKeySpec spec =
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(2)));
            if (KeyFactory.getInstance("RSA").generatePrivate(spec) instanceof RSAPrivateCrtKey key) {
                return new DkimKey(key);
            }
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            // One of another algorithm, or none at all.
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalArgumentException("holds no RSA key");
    }

    private @Nullable String weakness(boolean dev) {
        int bits = key.getModulus().bitLength();
        boolean weak = bits < (dev ? LEAST_BITS : SOUND_BITS);
        return weak || bits > MOST_BITS ? "holds a key of " + bits + " bits" : null;
    }

    /** A group may read the file where it is somebody else's, as that is how this process is let in. */
    private static @Nullable String opennessOf(Path file) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return null;
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            boolean ours = Files.getOwner(file).getName().equals(System.getProperty("user.name"));
            return permissions.contains(PosixFilePermission.OTHERS_READ)
                            || (ours && permissions.contains(PosixFilePermission.GROUP_READ))
                    ? "names a file that others than its owner may read, \"" + file + "\""
                    : null;
        } catch (IOException e) {
            return "names no file that can be read, \"" + file + "\"";
        }
    }

    @Override
    public String toString() {
        return "a key of DKIM";
    }
}
