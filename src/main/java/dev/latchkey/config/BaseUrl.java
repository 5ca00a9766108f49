package dev.latchkey.config;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.value.PropertyResolver;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The origin of every link that leaves this server. No request header can change it. Only in the dev environment may it
 * be left out: it is then this machine, at the port that the server really got.
 */
@Singleton
public final class BaseUrl {
    /** The setting that holds it. */
    public static final String KEY = "latchkey.base-url";

    private final @Nullable String configured;
    private final BeanProvider<EmbeddedServer> server;

    BaseUrl(LatchkeySettings settings, BeanProvider<EmbeddedServer> server) {
        String url = settings.baseUrl();
        this.configured = url == null ? null : withoutSlash(url.strip());
        this.server = server;
    }

    /** The origin where no server runs; in the dev environment this machine, at the port that is set or usual. */
    public static String configured(PropertyResolver settings) {
        return settings.getProperty(KEY, String.class)
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .map(BaseUrl::withoutSlash)
                .orElseGet(() -> "http://localhost:"
                        + settings.getProperty("micronaut.server.port", String.class)
                                .orElse("8080"));
    }

    /** The address of a path of ours, which begins with a slash. */
    public String resolve(String path) {
        return origin() + path;
    }

    /** Scheme, host and port where it is not the usual one; never ends in a slash. */
    public String origin() {
        if (configured != null) {
            return configured;
        }
        if (!server.isPresent()) {
            throw new ConfigurationException("LATCHKEY_BASE_URL is missing");
        }
        return "http://localhost:" + server.get().getPort();
    }

    /** The same without the slash that people like to write after it. */
    public static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** What keeps a text from being an origin (RFC 6454): scheme, host and perhaps a port, nothing else. */
    public static @Nullable String objection(String text, boolean dev) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return "is not an origin";
        }
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            return "is not an origin that begins with https:// and an ASCII host name";
        }
        if (uri.getRawUserInfo() != null) {
            return "holds a user name";
        }
        if (!uri.getRawPath().isEmpty() || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return "has more than scheme, host and port";
        }
        return dev || uri.getScheme().equals("https") ? null : "is not https";
    }

    /** The origin as a URI. */
    public URI uri() {
        return URI.create(origin());
    }

    @Override
    public String toString() {
        return origin();
    }

    /** Whether a text is the address of a server or a page, without anything secret or passing in it. */
    public static boolean isAddress(String text, boolean plainToo) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || (plainToo && "http".equals(uri.getScheme())))
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
