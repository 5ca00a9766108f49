package dev.latchkey.support;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** The program on the other side: it remembers what it was told, and answers as tests say. */
public final class HookHost implements AutoCloseable {
    public static final String OK = answer("204 No Content", "");

    /** It never answers. */
    public static final String SILENCE = "";

    /** Once answered, bytes come for as long as anybody reads. */
    public static final String ENDLESS = "HTTP/1.1 200 OK\r\n\r\nmore";

    /** The head of an answer never ends. */
    public static final String ENDLESS_HEAD = "HTTP/1.1 200 OK\r\nX-More: a";

    public final List<Received> received = new CopyOnWriteArrayList<>();
    private final Queue<String> next = new ConcurrentLinkedQueue<>();
    private final Drip drip = new Drip();
    private final Listener listener;
    private volatile String otherwise = OK;
    private volatile Duration beat = Duration.ofMillis(20);

    public HookHost() {
        try {
            listener = new Listener(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), this::serve);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What one request said. */
    public record Received(String line, Map<String, String> headers, String body) {
        public String id() {
            return headers.getOrDefault("webhook-id", "");
        }
    }

    public static String answer(String status, String header) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n" + header + (header.isEmpty() ? "" : "\r\n") + "\r\n";
    }

    public String url() {
        return "http://127.0.0.1:" + listener.port() + "/hook?key=only-we-know";
    }

    /** The next requests are answered so, one each, and those after them as ever. */
    public void next(String... answers) {
        next.addAll(List.of(answers));
    }

    public void always(String answer) {
        otherwise = answer;
    }

    public void drips(Duration pause) {
        beat = pause;
    }

    private void serve(Socket socket) throws IOException {
        try (InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                Map<String, String> headers = new TreeMap<>();
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    String[] parts = header.split(": ", 2);
                    headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
                }
                int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
                received.add(new Received(line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8)));
                String scripted = next.poll();
                answer(scripted == null ? otherwise : scripted, in, out);
            }
        }
    }

    private void answer(String answer, InputStream in, OutputStream out) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        if (answer.equals(SILENCE)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        out.write(bytes);
        out.flush();
        if (answer.equals(ENDLESS) || answer.equals(ENDLESS_HEAD)) {
            drip.into(out, new byte[] {'a'}, beat);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        drip.close();
        listener.close();
    }
}
