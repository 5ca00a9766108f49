package dev.latchkey.oauth.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The id of a client that publishes who it is: the https address of its document
 * (draft-ietf-oauth-client-id-metadata-document, section 3).
 *
 * @param text as the client wrote it; it is compared so
 */
record ClientDocumentAddress(String text, URI uri) {
    private static final int LONGEST = 500;
    private static final String SCHEME = "https:";

    /** Whether an id is such an address, be it a right one or not. */
    static boolean isMeant(String id) {
        return id.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** Empty when it has no path, or what makes one address look like another. */
    static Optional<ClientDocumentAddress> parse(String id) {
        if (id.length() > LONGEST || !id.startsWith(SCHEME)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ClientDocumentAddress(id, new URI(id))).filter(ClientDocumentAddress::isPlain);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean isPlain() {
        return uri.toASCIIString().equals(text)
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && uri.getRawPath().length() > 1
                && Stream.of(uri.getRawPath().split("/", -1)).noneMatch(ClientDocumentAddress::isDots);
    }

    private static boolean isDots(String segment) {
        String plain = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
        return plain.equals(".") || plain.equals("..");
    }

    String host() {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }
}
