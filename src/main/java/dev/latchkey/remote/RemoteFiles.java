package dev.latchkey.remote;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.apache.http.Header;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what others keep, over https.
 *
 * <p>A name is looked up once for each fetch, and its addresses are checked there and then: the connection goes to one of
 * those, so no second answer can lead it into our own network (DNS rebinding). Follows no redirect, sends no credentials
 * and no cookies, asks no proxy, and gives up after {@link #PATIENCE} however slowly the bytes drip. How many fetches run
 * at a time, and to where, is for the caller to say.
 */
@Singleton
public final class RemoteFiles {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(RemoteFiles.class);
    private static final MessageConstraints HEAD = MessageConstraints.custom()
            .setMaxLineLength(16 << 10)
            .setMaxHeaderCount(100)
            .build();

    private final DnsResolver names;
    private final Predicate<InetAddress> reachable;
    private final SSLSocketFactory sockets;
    private final Duration patience;

    @Inject
    RemoteFiles() {
        this(
                SystemDefaultDnsResolver.INSTANCE,
                PublicAddresses::contains,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                PATIENCE);
    }

    RemoteFiles(DnsResolver names, Predicate<InetAddress> reachable, SSLSocketFactory sockets, Duration patience) {
        this.names = names;
        this.reachable = reachable;
        this.sockets = sockets;
        this.patience = patience;
    }

    /**
     * Fetches a file, at once and only once.
     *
     * @param address with {@code https} and a host
     * @param accept media types, as the header of that name has them
     * @param mostBytes that it may have
     * @return the bytes, whatever they are, or why there are none
     */
    public Fetched fetch(URI address, String accept, int mostBytes) {
        try {
            return get(address, accept, mostBytes);
        } catch (NotReachable e) {
            return new Fetched.Refused(Reason.NOT_ALLOWED);
        } catch (IOException e) {
            LOG.debug("A file could not be fetched", e);
            return new Fetched.Refused(Reason.UNREACHABLE);
        }
    }

    private Fetched get(URI address, String accept, int mostBytes) throws IOException {
        HttpGet request = new HttpGet(address);
        request.setHeader(HttpHeaders.ACCEPT, accept);
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
            if (body.getContentLength() > mostBytes) {
                return new Fetched.Refused(Reason.TOO_LARGE);
            }
            byte[] bytes = body.getContent().readNBytes(mostBytes + 1);
            if (request.isAborted()) {
                // To us the end of our patience may look like the end of a body that told no length.
                return new Fetched.Refused(Reason.UNREACHABLE);
            }
            return bytes.length > mostBytes
                    ? new Fetched.Refused(Reason.TOO_LARGE)
                    : new Fetched.File(bytes, header(answer, HttpHeaders.CACHE_CONTROL));
        }
    }

    private static @Nullable String header(CloseableHttpResponse answer, String name) {
        Header header = answer.getFirstHeader(name);
        return header == null ? null : header.getValue();
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

    /** What became of it. */
    public sealed interface Fetched {

        /**
         * The whole of it.
         *
         * @param cacheControl the header of that name; absent where the answer had none
         */
        record File(byte[] bytes, @Nullable String cacheControl) implements Fetched {}

        /** Nothing was fetched. */
        record Refused(Reason reason) implements Fetched {}
    }

    /** Why nothing was fetched. */
    public enum Reason {
        /** An address or a host that is not allowed. */
        NOT_ALLOWED,
        /** No answer in time, another answer than the file itself (a redirect is another), or half of it. */
        UNREACHABLE,
        /** More than it may have. */
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
