package dev.latchkey.http;

import dev.latchkey.limit.CallerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header in which a proxy tells who calls it. It counts when it names exactly one address: a proxy that appends to
 * what its caller sent, instead of overwriting it, would hand on whatever the caller wrote.
 */
final class ForwardedHeader {
    /** {@code name=value}, where the value is a token or a quoted string (RFC 7239, section 4). */
    private static final Pattern PAIR =
            Pattern.compile("\\s*([A-Za-z]+)=(?:\"([^\"\\\\]*)\"|([^\\s;,\"=]+))\\s*(?:;|$)");

    private final String name;

    ForwardedHeader(String name) {
        this.name = name;
    }

    /** The one address in the lines of this header; empty when there is none, more than one, or something else. */
    Optional<CallerAddress> read(List<String> lines) {
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
}
