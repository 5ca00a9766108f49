package dev.latchkey.http;

import dev.latchkey.limit.CallerAddress;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.HttpServerConfiguration;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a call comes from: the other end of its connection or, where {@code micronaut.server.client-address-header}
 * names a proxy's header, what that says. Headers that nobody named count for nothing, as any caller can write them. A
 * call whose header is missing, or names anything but one address, counts as the proxy's own, together with all such: a
 * proxy that appends to what its caller sent, instead of overwriting it, would hand on whatever the caller wrote.
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

    /** {@code name=value}, where the value is a token or a quoted string (RFC 7239, section 4). */
    private static final Pattern PAIR =
            Pattern.compile("\\s*([A-Za-z]+)=(?:\"([^\"\\\\]*)\"|([^\\s;,\"=]+))\\s*(?:;|$)");

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
        Optional<CallerAddress> told = told(header, request.getHeaders().getAll(header));
        if (told.isEmpty()) {
            warnOnce(NOT_ONE_ADDRESS, header);
        }
        return told.orElseGet(() -> socket(request));
    }

    /** The one address in the lines of this header; empty when there is none, more than one, or something else. */
    static Optional<CallerAddress> told(String name, List<String> lines) {
        if (lines.size() != 1) {
            return Optional.empty();
        }
        String line = lines.getFirst().strip();
        return name.equalsIgnoreCase("Forwarded")
                ? client(line).flatMap(CallerAddress::parse)
                : CallerAddress.parse(line);
    }

    /** The parameter {@code for} of the one element. */
    private static Optional<String> client(String line) {
        List<String> clients = new ArrayList<>();
        Matcher pair = PAIR.matcher(line);
        int end = 0;
        while (end < line.length()) {
            if (!pair.region(end, line.length()).lookingAt()) {
                return Optional.empty();
            }
            if (pair.group(1).equalsIgnoreCase("for")) {
                clients.add(pair.group(2) == null ? pair.group(3) : pair.group(2));
            }
            end = pair.end();
        }
        return clients.size() == 1 ? Optional.of(clients.getFirst()) : Optional.empty();
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
