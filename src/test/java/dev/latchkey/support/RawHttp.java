package dev.latchkey.support;

import io.micronaut.runtime.server.EmbeddedServer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Requests byte by byte, for those that a client library would refuse to send. */
public final class RawHttp {
    private RawHttp() {}

    /** What came back; {@code status} is 0 when the server closed the connection without a word. */
    public record Answer(int status, List<String> headers, String body) {
        public Optional<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(header -> header.substring(prefix.length()).strip())
                    .findFirst();
        }
    }

    /** Sends these characters as bytes (Latin-1) and reads the first answer. */
    public static Answer send(EmbeddedServer server, String request) {
        return send(server, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends these bytes and reads the first answer. */
    public static Answer send(EmbeddedServer server, byte[] request) {
        try (RawConnection connection = new RawConnection(server)) {
            Thread.ofVirtual().start(() -> write(connection, request));
            boolean head = new String(request, StandardCharsets.ISO_8859_1).startsWith("HEAD ");
            return head ? connection.readHead() : connection.read();
        }
    }

    private static void write(RawConnection connection, byte[] request) {
        try {
            connection.send(request);
        } catch (UncheckedIOException e) {
            // The server answered and closed before it had read everything.
        }
    }
}
