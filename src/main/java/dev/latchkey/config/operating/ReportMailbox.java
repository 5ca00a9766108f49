package dev.latchkey.config.operating;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox that is read over IMAP, as it is written in one address: {@code imaps://user:password@host/INBOX}. What is no
 * letter or digit in user and password is percent-encoded, {@code @} as {@code %40}.
 *
 * @param tls whether the connection is protected from the first byte
 */
public record ReportMailbox(boolean tls, String host, int port, String user, String password, String folder) {
    private static final int IMAPS = 993;
    private static final int IMAP = 143;

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException that goes on after the name of the setting and repeats nothing of it: "has no host"
     */
    public static ReportMailbox parse(String address) {
        URI uri = uri(address);
        if (uri == null) {
            throw new IllegalArgumentException("is not an address");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("imaps") && !scheme.equals("imap")) {
            throw new IllegalArgumentException("does not begin with imaps://");
        }
        String host = uri.getHost();
        if (host == null) {
            throw new IllegalArgumentException("has no host that can be read");
        }
        String[] login = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        if (login.length != 2 || login[0].isEmpty() || login[1].isEmpty()) {
            throw new IllegalArgumentException("has no user name and password");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("has something behind the folder");
        }
        boolean tls = scheme.equals("imaps");
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return new ReportMailbox(
                tls,
                host.replaceAll("[\\[\\]]", ""),
                uri.getPort() < 0 ? tls ? IMAPS : IMAP : uri.getPort(),
                decoded(login[0]),
                decoded(login[1]),
                path.length() > 1 ? decoded(path.substring(1)) : "INBOX");
    }

    private static @Nullable URI uri(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            // Its message holds the password.
            return null;
        }
    }

    /** What keeps a text from being one; null when nothing does. */
    public static @Nullable String objection(String address, boolean dev) {
        try {
            ReportMailbox mailbox = parse(address);
            return mailbox.tls || dev || mailbox.isHere() ? null : "would send its password in the clear";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** Never by asking for the name. */
    private boolean isHere() {
        try {
            return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return (tls ? "imaps://" : "imap://") + host + ":" + port + "/" + folder;
    }
}
