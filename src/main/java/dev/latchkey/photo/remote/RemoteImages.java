package dev.latchkey.photo.remote;

import dev.latchkey.config.PhotoSettings;
import dev.latchkey.photo.PhotoProcessor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpStatus;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.DnsResolver;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches images that others keep, over https and from an allow-list of hosts.
 *
 * <p>A name is looked up once for each fetch, and its addresses are checked there and then: the connection goes to one of
 * those, so no second answer can lead it into our own network (DNS rebinding). Follows no redirect, sends no credentials
 * and no cookies, asks no proxy, and gives up after {@link #PATIENCE} however slowly the bytes drip.
 */
@Singleton
public final class RemoteImages {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(RemoteImages.class);
    private static final int HTTPS = 443;
    private static final int AT_A_TIME = 4;
    private static final MessageConstraints HEAD = MessageConstraints.custom()
            .setMaxLineLength(16 << 10)
            .setMaxHeaderCount(100)
            .build();

    private final Set<String> hosts;
    private final DnsResolver names;
    private final Predicate<InetAddress> reachable;
    private final SSLSocketFactory sockets;
    private final Duration patience;
    private final Semaphore turns = new Semaphore(AT_A_TIME);

    @Inject
    RemoteImages(PhotoSettings settings) {
        this(
                settings.imageHosts(),
                SystemDefaultDnsResolver.INSTANCE,
                PublicAddresses::contains,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                PATIENCE);
    }

    RemoteImages(
            Collection<String> hosts,
            DnsResolver names,
            Predicate<InetAddress> reachable,
            SSLSocketFactory sockets,
            Duration patience) {
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.names = names;
        this.reachable = reachable;
        this.sockets = sockets;
        this.patience = patience;
    }

    /**
     * Fetches the image behind a link, at once and only once.
     *
     * @return the bytes, whatever they are, or why there are none
     */
    public Fetched fetch(String link) {
        Optional<URI> allowed = parse(link).filter(this::isAllowed);
        if (allowed.isEmpty()) {
            return new Fetched.Refused(Reason.NOT_ALLOWED);
        }
        if (!turns.tryAcquire()) {
            return new Fetched.Refused(Reason.UNREACHABLE);
        }
        try {
            return fetch(allowed.get());
        } catch (NotReachable e) {
            return new Fetched.Refused(Reason.NOT_ALLOWED);
        } catch (IOException e) {
            LOG.debug("An image could not be fetched", e);
            return new Fetched.Refused(Reason.UNREACHABLE);
        } finally {
            turns.release();
        }
    }

    private Fetched fetch(URI uri) throws IOException {
        HttpGet request = new HttpGet(uri);
        request.setHeader(HttpHeaders.ACCEPT, "image/jpeg, image/png, image/webp");
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        request.setHeader(HttpHeaders.CONNECTION, "close");
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(request::abort);
        // Closing the answer closes the connection, whatever is still to come.
        try (CloseableHttpClient client = client();
                CloseableHttpResponse answer = client.execute(request)) {
            HttpEntity body = answer.getEntity();
            if (answer.getStatusLine().getStatusCode() != HttpStatus.SC_OK || body == null) {
                return new Fetched.Refused(Reason.UNREACHABLE);
            }
            if (body.getContentLength() > PhotoProcessor.MOST_BYTES) {
                return new Fetched.Refused(Reason.TOO_LARGE);
            }
            byte[] bytes = body.getContent().readNBytes(PhotoProcessor.MOST_BYTES + 1);
            if (request.isAborted()) {
                // To us the end of our patience may look like the end of a body that told no length.
                return new Fetched.Refused(Reason.UNREACHABLE);
            }
            return bytes.length > PhotoProcessor.MOST_BYTES
                    ? new Fetched.Refused(Reason.TOO_LARGE)
                    : new Fetched.Image(bytes);
        }
    }

    private CloseableHttpClient client() {
        int millis = Math.toIntExact(patience.toMillis());
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(
                RegistryBuilder.<ConnectionSocketFactory>create()
                        .register(
                                "https",
                                new SSLConnectionSocketFactory(
                                        sockets, SSLConnectionSocketFactory.getDefaultHostnameVerifier()))
                        .build(),
                this::checked);
        connections.setDefaultConnectionConfig(
                ConnectionConfig.custom().setMessageConstraints(HEAD).build());
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setUserAgent("Latchkey")
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(millis)
                        .setSocketTimeout(millis)
                        .setAuthenticationEnabled(false)
                        // A link that is signed is asked for as it is spelt.
                        .setNormalizeUri(false)
                        .build())
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .build();
    }

    /** One private address among public ones is a trap as well. */
    private InetAddress[] checked(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        if (!Stream.of(addresses).allMatch(reachable)) {
            throw new NotReachable(host);
        }
        return addresses;
    }

    private static Optional<URI> parse(String link) {
        try {
            return Optional.of(new URI(link));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean isAllowed(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.toString().chars().allMatch(c -> c > 0x20 && c < 0x7f)
                && hosts.contains(authority(uri).toLowerCase(Locale.ROOT));
    }

    private static String authority(URI uri) {
        return uri.getPort() < 0 || uri.getPort() == HTTPS ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** What became of it. */
    public sealed interface Fetched {

        /** The bytes, at most {@link PhotoProcessor#MOST_BYTES} of them. */
        record Image(byte[] bytes) implements Fetched {}

        /** Nothing was fetched. */
        record Refused(Reason reason) implements Fetched {}
    }

    /** Why nothing was fetched. */
    public enum Reason {
        /** No https link, or one to a host or an address that is not allowed. */
        NOT_ALLOWED,
        /** No answer in time, another answer than the image itself (a redirect is another), or half of it. */
        UNREACHABLE,
        /** More than a photo may have. */
        TOO_LARGE
    }

    /** A host that lies, in part at least, where nothing may be fetched from. */
    private static final class NotReachable extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        NotReachable(String host) {
            super(host);
        }
    }
}
