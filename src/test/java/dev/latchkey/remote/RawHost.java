package dev.latchkey.remote;

import dev.latchkey.photo.ImageHost;
import dev.latchkey.support.Drip;
import dev.latchkey.support.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers every connection with the same bytes, told or broken as no server would, and then goes on with more. */
final class RawHost implements AutoCloseable {
    /** What it was asked, up to the first line. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final Drip drip = new Drip();
    private final Listener listener;
    private final String answer;
    private final byte[] then;
    private final long pauseMillis;

    /**
     * Speaks TLS with the certificate of {@link ImageHost}.
     *
     * @param then sent again and again after the answer; nothing more is sent where it is empty
     */
    RawHost(InetAddress address, String answer, byte[] then, long pauseMillis) throws IOException {
        this(ImageHost.shared().certified().createServerSocket(0, 5, address), answer, then, pauseMillis);
    }

    private RawHost(ServerSocket server, String answer, byte[] then, long pauseMillis) {
        this.answer = answer;
        this.then = then;
        this.pauseMillis = pauseMillis;
        listener = new Listener(server, this::answer);
    }

    /** Takes connections and never says anything, not even in TLS. */
    static RawHost silent(InetAddress address) throws IOException {
        return new RawHost(new ServerSocket(0, 5, address), "", new byte[0], 0);
    }

    int port() {
        return listener.port();
    }

    private void answer(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            byte[] line = new byte[1000];
            asked.add(new String(line, 0, Math.max(0, in.read(line)), StandardCharsets.US_ASCII));
            if (answer.isEmpty()) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            out.write(answer.getBytes(StandardCharsets.US_ASCII));
            if (then.length > 0) {
                drip.into(out, then, Duration.ofMillis(pauseMillis));
            }
        }
    }

    @Override
    public void close() {
        drip.close();
        listener.close();
    }
}
