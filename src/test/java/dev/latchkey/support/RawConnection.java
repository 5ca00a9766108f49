package dev.latchkey.support;

import io.micronaut.runtime.server.EmbeddedServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Requests byte by byte: those that a client library would refuse to send, those that come in pieces, or several at a
 * time whose answers are read when it pleases.
 */
public final class RawConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    public RawConnection(EmbeddedServer server) {
        this(server.getHost(), server.getPort());
    }

    public RawConnection(String host, int port) {
        try {
            // Small, so that who does not read is felt at the other end.
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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

    /** Sends these characters as bytes (Latin-1) on a connection of their own, and reads the first answer. */
    public static Answer send(EmbeddedServer server, String request) {
        return send(server, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends these bytes on a connection of their own, and reads the first answer. */
    public static Answer send(EmbeddedServer server, byte[] request) {
        try (RawConnection connection = new RawConnection(server)) {
            Thread.ofVirtual().start(() -> {
                try {
                    connection.send(request);
                } catch (UncheckedIOException e) {
                    // The server answered and closed before it had read everything.
                }
            });
            boolean head = new String(request, StandardCharsets.ISO_8859_1).startsWith("HEAD ");
            return head ? connection.readHead() : connection.read();
        }
    }

    /** Sends these characters as bytes (Latin-1). */
    public RawConnection send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawConnection send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends this side, as a caller does who has asked everything. */
    public RawConnection endSending() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer; its status is 0 when the server has closed the connection without one. */
    public Answer read() {
        return read(true);
    }

    /** The next answer, which belongs to a HEAD. */
    public Answer readHead() {
        return read(false);
    }

    /** Whether the server has said something that was not read yet. */
    public boolean hasAnswer() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the server to say that the body may come. */
    public RawConnection awaitContinue() {
        try {
            if (!line().startsWith("HTTP/1.1 100")) {
                throw new IllegalStateException("Not told to continue");
            }
            line();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the server to close the connection; anything that it says before that is an answer too many. */
    public boolean isClosed() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Sends a byte each half second for as long as the server says nothing. */
    public RawConnection dripUntilAnswered(char each) {
        try {
            socket.setSoTimeout(500);
            in.mark(1);
            while (true) {
                try {
                    in.read();
                    in.reset();
                    socket.setSoTimeout(TIMEOUT_MILLIS);
                    return this;
                } catch (SocketTimeoutException e) {
                    send(String.valueOf(each));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer read(boolean content) {
        try {
            String start = line();
            if (start.isEmpty()) {
                return new Answer(0, List.of(), "");
            }
            int status = Integer.parseInt(start.split(" ", 3)[1]);
            List<String> headers = new ArrayList<>();
            for (String header = line(); !header.isEmpty(); header = line()) {
                headers.add(header);
            }
            Answer head = new Answer(status, headers, "");
            return status == 100
                    ? read(content)
                    : new Answer(status, headers, content ? new String(body(head), StandardCharsets.UTF_8) : "");
        } catch (SocketException e) {
            return new Answer(0, List.of(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] body(Answer head) throws IOException {
        if (head.header("transfer-encoding").isPresent()) {
            return chunks();
        }
        boolean toTheEnd = head.header("content-length").isEmpty()
                && head.header("connection").orElse("").equalsIgnoreCase("close")
                && head.status() != 204
                && head.status() != 304;
        return toTheEnd
                ? in.readAllBytes()
                : in.readNBytes(
                        head.header("content-length").map(Integer::parseInt).orElse(0));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
