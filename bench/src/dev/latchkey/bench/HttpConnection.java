package dev.latchkey.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One kept HTTP/1.1 connection to the server on this machine, as cheap as it gets: on two cores a comfortable client
 * would take the time that is to be measured.
 */
final class HttpConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    /** A status and a body; headers are read and dropped. */
    record Answer(int status, String body) {}

    HttpConnection(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 8192);
        out = socket.getOutputStream();
    }

    static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] post(String path, String headers, String json) {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return ("POST " + path + " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n" + headers
                        + "Content-Length: " + length + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.UTF_8);
    }

    Answer send(byte[] request) throws IOException {
        out.write(request);
        String statusLine = line();
        int status = Integer.parseInt(statusLine.substring(9, 12));
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (header.regionMatches(true, 0, "transfer-encoding: chunked", 0, 26)) {
                chunked = true;
            }
        }
        return new Answer(status, chunked ? chunks() : text(length));
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            int length = Integer.parseInt(line().strip(), 16);
            body.append(text(length));
            line();
            if (length == 0) {
                return body.toString();
            }
        }
    }

    private String text(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The answer ended early");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The server closed the connection");
            }
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
