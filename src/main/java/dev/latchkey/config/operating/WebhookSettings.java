package dev.latchkey.config.operating;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what happens to accounts.
 *
 * @param webhookUrl the address that events are posted to; absent where nobody is told
 * @param webhookSecret what they are signed with, as Standard Webhooks writes it; several, separated by blanks or commas, while
 *     one takes the place of another
 */
@ConfigurationProperties("latchkey")
public record WebhookSettings(
        @Nullable String webhookUrl, @Nullable String webhookSecret) {
    /** The setting that turns webhooks on. */
    public static final String URL = "latchkey.webhook-url";

    private static final String PREFIX = "whsec_";
    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    public WebhookSettings {
        webhookUrl = webhookUrl == null || webhookUrl.isBlank() ? null : webhookUrl.strip();
    }

    /** Whether anybody is told. */
    public boolean on() {
        return webhookUrl != null;
    }

    /** The keys of the signatures, in the order in which they are written. */
    public List<byte[]> keys() {
        return secrets(webhookSecret == null ? "" : webhookSecret).stream()
                .map(secret -> Base64.getDecoder().decode(secret.substring(PREFIX.length())))
                .toList();
    }

    /** What keeps a text from being an address that events can be posted to; null when nothing does. */
    public static @Nullable String urlObjection(String text, boolean dev) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return "is not an address";
        }
        if (uri.getHost() == null
                || uri.getScheme() == null
                || !List.of("http", "https").contains(uri.getScheme())) {
            return "is not an address that begins with https:// and an ASCII host name";
        }
        if (uri.getRawUserInfo() != null) {
            return "holds a user name";
        }
        if (uri.getRawFragment() != null) {
            return "holds a fragment, which is never sent";
        }
        return dev || uri.getScheme().equals("https") ? null : "is not https";
    }

    /** What keeps a text from being secrets, without repeating any of it; null when nothing does. */
    public static @Nullable String secretObjection(String text) {
        List<String> secrets = secrets(text);
        return !secrets.isEmpty() && secrets.stream().allMatch(WebhookSettings::isSecret)
                ? null
                : "holds something else than whsec_ and the base64 of " + FEWEST_BYTES + " to " + MOST_BYTES + " bytes";
    }

    private static List<String> secrets(String text) {
        return Arrays.stream(text.split("[\\s,]+"))
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    /** Receivers' libraries read base64 strictly, so we do. */
    private static boolean isSecret(String secret) {
        try {
            String text = secret.substring(secret.startsWith(PREFIX) ? PREFIX.length() : secret.length());
            byte[] key = Base64.getDecoder().decode(text);
            return key.length >= FEWEST_BYTES
                    && key.length <= MOST_BYTES
                    && Base64.getEncoder().encodeToString(key).equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Says nothing of its values: an address may hold a token, too. */
    @Override
    public String toString() {
        return on() ? "webhooks are sent" : "no webhooks";
    }
}
