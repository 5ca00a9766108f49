package dev.latchkey.http;

import dev.latchkey.limit.CallerAddress;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.HttpServerConfiguration;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a call comes from: the other end of its connection or, where {@code micronaut.server.client-address-header}
 * names a proxy's header, what that says. Headers that nobody named count for nothing, as any caller can write them. A
 * call whose header is missing, or names anything but one address, counts as the proxy's own, together with all such.
 */
@Singleton
public final class CallerAddressResolver {
    private static final Logger LOG = LoggerFactory.getLogger(CallerAddressResolver.class);
    private static final String SETTING = "MICRONAUT_SERVER_CLIENT_ADDRESS_HEADER";
    private static final String NOT_LOOKED_AT =
            "A call came with the header {}, which is not looked at. If it came through a proxy, set {} to the header that"
                    + " the proxy overwrites: until then all its callers count as one";
    private static final String NOT_ONE_ADDRESS =
            "A call came whose header {} does not name exactly one address; such calls count as one caller. The proxy has"
                    + " to overwrite the header, not to append to it ({})";
    private static final List<String> USUAL_HEADERS = List.of("X-Forwarded-For", "Forwarded", "X-Real-IP");

    private final @Nullable String header;
    private final AtomicBoolean warned = new AtomicBoolean();

    CallerAddressResolver(HttpServerConfiguration server) {
        String named = server.getClientAddressHeader();
        header = named == null || named.isBlank() ? null : named.strip();
    }

    /** Never fails, and looks nothing up. */
    public CallerAddress of(HttpRequest<?> request) {
        if (header == null) {
            USUAL_HEADERS.stream()
                    .filter(request.getHeaders()::contains)
                    .findFirst()
                    .ifPresent(usual -> warnOnce(NOT_LOOKED_AT, usual));
            return socket(request);
        }
        Optional<CallerAddress> told =
                new ForwardedHeader(header).read(request.getHeaders().getAll(header));
        if (told.isEmpty()) {
            warnOnce(NOT_ONE_ADDRESS, header);
        }
        return told.orElseGet(() -> socket(request));
    }

    private static CallerAddress socket(HttpRequest<?> request) {
        InetSocketAddress socket = request.getRemoteAddress();
        InetAddress address = socket == null ? null : socket.getAddress();
        return address == null ? CallerAddress.UNKNOWN : CallerAddress.of(address);
    }

    private void warnOnce(String warning, String named) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn(warning, named, SETTING);
        }
    }
}
