package dev.latchkey.web.oauth;

import dev.latchkey.oauth.authorization.Checked;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as a person may be told. A host is shown where its owner vouches for who asks; a name is what anybody may call
 * themselves.
 *
 * @param host absent for an app on somebody's own device of which nobody else knows
 * @param name absent where it has none
 * @param answerTo the host to which the answer goes, where that is another
 * @param device whether the answer goes to an app on the device on which it is given
 */
public record Asking(
        @Nullable String host,
        @Nullable String name,
        @Nullable String answerTo,
        boolean device) {
    private static final String WEB = "https://";

    static Asking of(Checked.Valid request) {
        boolean device = request.staysOnDevice();
        String host = device && !request.client().id().startsWith(WEB)
                ? null
                : request.client().host();
        String answerTo = device ? null : hostOf(request.redirectUri());
        return new Asking(
                host, request.client().name(), answerTo == null || answerTo.equals(host) ? null : answerTo, device);
    }

    private static String hostOf(String redirectUri) {
        return String.valueOf(URI.create(redirectUri).getHost()).toLowerCase(Locale.ROOT);
    }

    /**
     * Where the answer may go, in the words of a page's policy (CSP 3, section 2.3.1): some browsers hold every further
     * redirect against it as well, and clients lead on from where they take it, over https.
     */
    static String source(String redirectUri) {
        URI uri = URI.create(redirectUri);
        String host = uri.getHost();
        // There is no way to write an address of IPv6.
        return "http".equals(uri.getScheme()) && host != null && !host.startsWith("[")
                ? "http://" + uri.getRawAuthority() + " https:"
                : uri.getScheme() + ":";
    }
}
