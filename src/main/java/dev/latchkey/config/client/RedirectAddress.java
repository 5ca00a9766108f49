package dev.latchkey.config.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a client takes its answers: an https address, an http one of the same machine, or one of a scheme that an
 * installed app listens to (RFC 8252, section 7).
 *
 * @param text as it was written; it is compared so (RFC 9700, section 2.1)
 * @param uri the same, parsed
 */
public record RedirectAddress(String text, URI uri) {
    private static final int LONGEST = 1000;
    private static final int HIGHEST_PORT = 65_535;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** What a browser runs, reads or shows itself, or hands to something that takes no answers. */
    private static final Set<String> NO_APPS = Set.of(
            "about",
            "blob",
            "chrome",
            "content",
            "data",
            "feed",
            "file",
            "filesystem",
            "ftp",
            "ftps",
            "intent",
            "jar",
            "javascript",
            "livescript",
            "mailto",
            "mhtml",
            "resource",
            "sms",
            "tel",
            "urn",
            "vbscript",
            "view-source",
            "ws",
            "wss");

    /** What the answer is made of; an address that had it already would answer twice. */
    private static final Set<String> ANSWERS =
            Set.of("code", "state", "iss", "error", "error_description", "error_uri");

    /** The address, if it is one that may be answered to. */
    public static Optional<RedirectAddress> parse(String text) {
        if (text.length() > LONGEST || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RedirectAddress(text, new URI(text))).filter(RedirectAddress::takesAnswers);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean takesAnswers() {
        return uri.isAbsolute()
                && !uri.isOpaque()
                && uri.getRawFragment() == null
                && !String.valueOf(uri.getRawAuthority()).contains("@")
                && uri.getPort() <= HIGHEST_PORT
                && !saysMore(uri.getRawQuery())
                && switch (scheme()) {
                    case "https" -> uri.getHost() != null;
                    case "http" -> isLoopback();
                    default -> !NO_APPS.contains(scheme());
                };
    }

    private static boolean saysMore(@Nullable String query) {
        return query != null
                && Stream.of(query.split("&", -1)).anyMatch(part -> ANSWERS.contains(part.split("=", 2)[0]));
    }

    /**
     * Whether a client that named this address may be answered at another: at the very same alone, but at any port of
     * its own machine, as an app takes one that is free (RFC 8252, section 7.3).
     */
    public boolean permits(RedirectAddress asked) {
        return text.equals(asked.text)
                || (isLoopback() && asked.isLoopback() && withoutPort().equals(asked.withoutPort()));
    }

    private String withoutPort() {
        return uri.getHost() + " " + uri.getRawPath() + " " + uri.getRawQuery();
    }

    /** Whether the answer stays on the machine of whoever is asked: no host vouches for who takes it there. */
    public boolean staysOnDevice() {
        return !scheme().equals("https");
    }

    /** The host that takes the answer; of an app's own scheme the scheme and its colon, as nobody owns such names. */
    public String host() {
        String host = uri.getHost();
        boolean web = scheme().equals("https") || scheme().equals("http");
        return web && host != null ? host.toLowerCase(Locale.ROOT) : scheme() + ":";
    }

    private boolean isLoopback() {
        String host = uri.getHost();
        return scheme().equals("http") && host != null && LOOPBACK.contains(host);
    }

    private String scheme() {
        return uri.getScheme().toLowerCase(Locale.ROOT);
    }
}
