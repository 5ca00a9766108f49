package dev.latchkey.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** Keys of an operator who signs mails, in files as openssl writes them. */
public final class DkimKeys {
    /** Making it takes longer than most tests. */
    private static final byte[] STRONG = make("RSA", 2048);

    private DkimKeys() {}

    /** A new key of an algorithm, for its owner alone. */
    public static Path write(Path folder, String algorithm, int bits) {
        return write(folder, "PRIVATE KEY", make(algorithm, bits));
    }

    /** A key that is strong enough, always the same. */
    public static Path write(Path folder) {
        return write(folder, "PRIVATE KEY", STRONG);
    }

    /** Anything in PEM. */
    public static Path write(Path folder, String kind, byte[] der) {
        try {
            Path file = Files.createTempFile(folder, "dkim", ".pem");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] make(String algorithm, int bits) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                keys.initialize(bits);
            }
            return keys.generateKeyPair().getPrivate().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
