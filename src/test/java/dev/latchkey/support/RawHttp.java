package dev.latchkey.support;

import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Requests byte by byte, for those that a client library would refuse to send. */
public final class RawHttp {
    private static final int TIMEOUT_MILLIS = 15_000;

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
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            Thread.ofVirtual().start(() -> write(socket, request));
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
        } catch (IOException e) {
            // The server answered and closed before it had read everything.
        }
    }

    private static Answer read(InputStream in) throws IOException {
        String start = line(in);
        if (start.isEmpty()) {
            return new Answer(0, List.of(), "");
        }
        int status = Integer.parseInt(start.split(" ", 3)[1]);
        List<String> headers = new ArrayList<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            headers.add(header);
        }
        if (status == 100) {
            return read(in);
        }
        Answer head = new Answer(status, headers, "");
        int length = head.header("content-length").map(Integer::parseInt).orElse(0);
        return new Answer(status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
