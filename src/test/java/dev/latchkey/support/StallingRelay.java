package dev.latchkey.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Stands before a server that speaks HTTP, passes everything on, and leaves its callers waiting when told to. */
public final class StallingRelay implements AutoCloseable {
    private static final String PROMISING_MUCH = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";
    private static final Duration BETWEEN_DROPS = Duration.ofMillis(200);

    /** What becomes of requests, also of those on connections that were used before. */
    public enum Behaviour {
        PASSES,
        /** Takes the connection and the request, and never answers. */
        NEVER_ANSWERS,
        /** Answers with headers, and with nothing of the body they promise. */
        STOPS_AFTER_HEADERS,
        /** Answers with a byte now and then, so that no read ever waits for long. */
        DRIPS
    }

    private final Drip drip = new Drip();
    private final Listener listener = Listener.on(0, this::relay);
    private final URI target;
    private volatile Behaviour behaviour = Behaviour.PASSES;

    public StallingRelay(URI target) {
        this.target = target;
    }

    /** Where to connect instead of the server itself. */
    public String origin() {
        return "http://127.0.0.1:" + listener.port();
    }

    public void set(Behaviour next) {
        behaviour = next;
    }

    @Override
    public void close() {
        drip.close();
        listener.close();
    }

    private void relay(Socket client) throws IOException {
        try (Socket upstream = new Socket(target.getHost(), target.getPort())) {
            InputStream answers = upstream.getInputStream();
            OutputStream out = client.getOutputStream();
            Thread.ofVirtual().start(() -> copy(answers, out));
            byte[] buffer = new byte[8192];
            for (int read = client.getInputStream().read(buffer);
                    read >= 0;
                    read = client.getInputStream().read(buffer)) {
                switch (behaviour) {
                    case PASSES -> upstream.getOutputStream().write(buffer, 0, read);
                    case NEVER_ANSWERS -> {}
                    case STOPS_AFTER_HEADERS -> promise(out);
                    case DRIPS -> {
                        promise(out);
                        drip.into(out, new byte[] {' '}, BETWEEN_DROPS);
                    }
                }
            }
        }
    }

    private static void copy(InputStream in, OutputStream out) {
        try {
            in.transferTo(out);
        } catch (IOException e) {
            // One of the two hung up.
        }
    }

    private static void promise(OutputStream out) throws IOException {
        out.write(PROMISING_MUCH.getBytes(StandardCharsets.US_ASCII));
    }
}
