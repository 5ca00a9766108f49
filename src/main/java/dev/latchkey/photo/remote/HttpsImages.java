package dev.latchkey.photo.remote;

import dev.latchkey.config.AssistantSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches images over https from an allow-list of hosts.
 *
 * <p>Speaks HTTP by itself, because the connection must go to the very address that was checked: a client that resolves
 * the name again could be led into our own network (DNS rebinding). Follows no redirect, sends no credentials, and gives
 * up after {@link #PATIENCE} however slowly the bytes drip.
 */
@Singleton
final class HttpsImages implements RemoteImages {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(HttpsImages.class);
    private static final int HTTPS = 443;
    private static final int AT_A_TIME = 4;

    private final Set<String> hosts;
    private final Resolver resolver;
    private final Predicate<InetAddress> reachable;
    private final SSLSocketFactory sockets;
    private final Duration patience;
    private final Semaphore turns = new Semaphore(AT_A_TIME);

    @Inject
    HttpsImages(AssistantSettings settings) {
        this(
                Set.copyOf(settings.imageHosts()),
                HttpsImages::resolve,
                PublicAddresses::contains,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                PATIENCE);
    }

    HttpsImages(
            Set<String> hosts,
            Resolver resolver,
            Predicate<InetAddress> reachable,
            SSLSocketFactory sockets,
            Duration patience) {
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.resolver = resolver;
        this.reachable = reachable;
        this.sockets = sockets;
        this.patience = patience;
    }

    @Override
    public Fetched fetch(String link) {
        Optional<URI> allowed = parse(link).filter(this::isAllowed);
        List<InetAddress> addresses =
                allowed.flatMap(uri -> resolver.addressesOf(uri.getHost())).orElse(List.of());
        // One private address among public ones is a trap as well.
        if (addresses.isEmpty() || !addresses.stream().allMatch(reachable)) {
            return new Fetched.Refused(
                    allowed.isPresent() && addresses.isEmpty() ? Reason.UNREACHABLE : Reason.NOT_ALLOWED);
        }
        if (!turns.tryAcquire()) {
            return new Fetched.Refused(Reason.UNREACHABLE);
        }
        try {
            return fetch(allowed.orElseThrow(), addresses.getFirst());
        } catch (IOException e) {
            LOG.debug("An image could not be fetched", e);
            return new Fetched.Refused(Reason.UNREACHABLE);
        } finally {
            turns.release();
        }
    }

    private Fetched fetch(URI uri, InetAddress address) throws IOException {
        int port = uri.getPort() < 0 ? HTTPS : uri.getPort();
        int millis = Math.toIntExact(patience.toMillis());
        try (Socket plain = new Socket()) {
            Thread watchdog = Thread.ofVirtual().start(() -> closeLater(plain));
            try {
                plain.setSoTimeout(millis);
                plain.connect(new InetSocketAddress(address, port), millis);
                try (SSLSocket socket = (SSLSocket) sockets.createSocket(plain, uri.getHost(), port, true)) {
                    SSLParameters parameters = socket.getSSLParameters();
                    parameters.setEndpointIdentificationAlgorithm("HTTPS");
                    socket.setSSLParameters(parameters);
                    socket.getOutputStream().write(request(uri));
                    try (InputStream in = new BufferedInputStream(socket.getInputStream())) {
                        return HttpImageReader.read(in);
                    }
                }
            } finally {
                watchdog.interrupt();
            }
        }
    }

    private void closeLater(Socket socket) {
        try {
            Thread.sleep(patience);
            socket.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("A socket could not be closed", e);
        }
    }

    private static byte[] request(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return ("GET " + path + query + " HTTP/1.1\r\nHost: " + authority(uri)
                        + "\r\nAccept: image/jpeg, image/png, image/webp\r\nAccept-Encoding: identity\r\n"
                        + "User-Agent: Latchkey\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
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
                && link(uri).length()
                        == link(uri)
                                .codePoints()
                                .filter(c -> c > 0x20 && c < 0x7f)
                                .count()
                && hosts.contains(authority(uri).toLowerCase(Locale.ROOT));
    }

    private static String link(URI uri) {
        return uri.toString();
    }

    private static String authority(URI uri) {
        return uri.getPort() < 0 || uri.getPort() == HTTPS ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static Optional<List<InetAddress>> resolve(String host) {
        try {
            return Optional.of(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
