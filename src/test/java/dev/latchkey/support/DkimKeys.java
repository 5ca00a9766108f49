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
    private DkimKeys() {}

    /** A new key of an algorithm, for its owner alone. */
    public static Path write(Path folder, String algorithm, int bits) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                keys.initialize(bits);
            }
            return write(
                    folder, "PRIVATE KEY", keys.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key that is strong enough. */
    public static Path write(Path folder) {
        return write(folder, "RSA", 2048);
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
}
