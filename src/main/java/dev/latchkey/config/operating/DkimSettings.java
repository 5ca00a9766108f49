package dev.latchkey.config.operating;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The signature of mails (DKIM, RFC 6376): all three, or none.
 *
 * @param domain in whose name mails are signed: that of the sender's address, or one above it
 * @param selector under which the domain publishes the key
 * @param keyFile the private key, PEM of PKCS#8
 */
@ConfigurationProperties("latchkey.dkim")
public record DkimSettings(
        @Nullable String domain,
        @Nullable String selector,
        @Nullable Path keyFile) {

    public DkimSettings {
        domain = present(domain);
        selector = present(selector);
        keyFile = keyFile == null || keyFile.toString().isBlank() ? null : keyFile;
    }

    private static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip().toLowerCase(Locale.ROOT);
    }
}
