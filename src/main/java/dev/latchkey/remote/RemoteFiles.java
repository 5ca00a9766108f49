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
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;
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
    private static final int LONGEST_LINE = 16 << 10;

    private final Names names;
    private final Predicate<InetAddress> reachable;
    private final SSLContext tls;
    private final Duration patience;

    @Inject
    RemoteFiles() {
        this(
                SystemDefaultDnsResolver.INSTANCE::resolve,
                PublicAddresses::contains,
                SSLContexts.createSystemDefault(),
                PATIENCE);
    }

    RemoteFiles(Names names, Predicate<InetAddress> reachable, SSLContext tls, Duration patience) {
        this.names = names;
        this.reachable = reachable;
        this.tls = tls;
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
        CloseableHttpClient client = client();
        try {
            ClassicHttpResponse answer = client.executeOpen(null, request, null);
            HttpEntity body = answer.getEntity();
            if (answer.getCode() != HttpStatus.SC_OK || body == null) {
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
        } finally {
            // To close the answer, or the client in peace, would be to read what is still to come.
            client.close(CloseMode.IMMEDIATE);
        }
    }

    private static @Nullable String header(ClassicHttpResponse answer, String name) {
        Header header = answer.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    private CloseableHttpClient client() {
        return PlainHttp.client(
                connections -> connections
                        .setDnsResolver(new CheckedNames())
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls)),
                LONGEST_LINE,
                patience,
                patience);
    }

    /** One private address among public ones is a trap as well. */
    private final class CheckedNames implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = names.resolve(host);
            if (!Stream.of(addresses).allMatch(reachable)) {
                throw new NotReachable(host);
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** Looks up the addresses of a host. */
    @FunctionalInterface
    interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
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
