package dev.latchkey.oauth.authorization;

import dev.latchkey.config.BaseUrl;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What tokens of this server are for: {@code /mcp} here, and nothing elsewhere (RFC 8707). */
@Singleton
public final class Audience {
    private static final Set<String> PATHS = Set.of("", "/", "/mcp", "/mcp/");
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final BaseUrl baseUrl;

    Audience(BaseUrl baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** Whether all that a client names is this server; so it is where it names nothing. */
    public boolean isUs(@Nullable List<URI> resources) {
        return resources == null || resources.stream().allMatch(this::isUs);
    }

    private boolean isUs(URI resource) {
        return origin(resource).equals(origin(baseUrl.uri()))
                && resource.getRawQuery() == null
                && resource.getRawFragment() == null
                && PATHS.contains(String.valueOf(resource.getRawPath()));
    }

    /** Clients spell the same origin in several ways (RFC 3986, section 6.2.2 and 6.2.3). */
    private static String origin(URI uri) {
        String origin = uri.getScheme() + "://" + uri.getRawAuthority();
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : HTTP;
        return origin.toLowerCase(Locale.ROOT).replaceFirst(":" + usual + "$", "");
    }
}
