package dev.latchkey.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mail server on plain sockets that does what a test tells it: refuse at any step, hang, hang up, go away and come
 * back on the same port.
 */
public final class SmtpSink implements AutoCloseable {
    /** Answer of the script that ends the connection without a word. */
    public static final String HANG_UP = "hang up";

    /** Answer of the script that says nothing and keeps the line. */
    public static final String SILENCE = "silence";

    /** Answer of the script that never ends, a byte at a time. */
    public static final String DRIPS = "drips";

    /** Answer of the script to DATA that lets the mail come and reads none of it. */
    public static final String DEAF = "deaf";

    private static final Duration BETWEEN_DROPS = Duration.ofMillis(50);

    /** A mail that the sink answered 250 for, or would have. */
    public record Received(String from, String to, String source) {
        /** A header's value, unfolded; empty when absent. */
        public String header(String name) {
            String head = source.split("\r\n\r\n", 2)[0].replaceAll("\r\n[ \t]+", " ");
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Drip drip = new Drip();
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final Map<String, Function<String, @Nullable String>> script = new ConcurrentHashMap<>();
    private volatile Listener listener = Listener.on(FreePort.next(), this::serve);

    private SmtpSink() {}

    /** A sink on a free port that takes every mail. */
    public static SmtpSink start() {
        return new SmtpSink();
    }

    /** The same, however often it goes away and comes back. */
    public int port() {
        return listener.port();
    }

    /** All mails whose text came in whole, also those that were answered with something else than 250. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** How often somebody connected. */
    public int connections() {
        return connections.get();
    }

    /**
     * Answers a step otherwise: {@code GREETING}, {@code EHLO}, {@code MAIL}, {@code RCPT}, {@code DATA}, {@code END},
     * {@code NOOP}.
     *
     * @param answer gets the client's line and says the reply; null for the usual one
     */
    public SmtpSink on(String step, Function<String, @Nullable String> answer) {
        script.put(step, answer);
        return this;
    }

    /** As {@link #on} for always the same reply. */
    public SmtpSink on(String step, String reply) {
        return on(step, line -> reply);
    }

    /** As {@link #on}, but only the first so many times. */
    public SmtpSink first(int times, String step, String reply) {
        AtomicInteger left = new AtomicInteger(times);
        return on(step, line -> left.getAndDecrement() > 0 ? reply : null);
    }

    /** Throws away all mails that have come. */
    public void empty() {
        received.clear();
    }

    /** Goes back to taking every mail. */
    public void forget() {
        script.clear();
    }

    /** Begins to listen on its port again. */
    public void up() {
        listener = Listener.on(port(), this::serve);
    }

    /** Stops to listen and drops whoever is connected. */
    public void down() {
        listener.close();
    }

    /** Hangs up on everybody, and goes on listening. */
    public void dropConnections() {
        listener.dropConnections();
    }

    @Override
    public void close() {
        closed.countDown();
        drip.close();
        down();
    }

    private void serve(Socket client) throws IOException {
        connections.incrementAndGet();
        converse(
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1)),
                client.getOutputStream());
    }

    private void converse(BufferedReader in, OutputStream out) throws IOException {
        String from = "";
        String to = "";
        boolean going = answer(out, "GREETING", "", "220 sink");
        while (going) {
            String line = in.readLine();
            if (line == null) {
                return;
            }
            String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            switch (verb) {
                case "EHLO" -> going = answer(out, verb, line, "250 sink");
                case "MAIL" -> {
                    from = line;
                    going = answer(out, verb, line, "250 ok");
                }
                case "RCPT" -> {
                    to = line;
                    going = answer(out, verb, line, "250 ok");
                }
                case "DATA" -> {
                    String reply = reply(verb, line, "354 go on");
                    going = say(out, reply);
                    if (reply.startsWith("354")) {
                        String source = read(in);
                        received.add(new Received(inner(from), inner(to), source));
                        going = answer(out, "END", source, "250 taken");
                    }
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    return;
                }
                default -> going = answer(out, verb, line, "250 ok");
            }
        }
    }

    private boolean answer(OutputStream out, String step, String line, String usual) throws IOException {
        return say(out, reply(step, line, usual));
    }

    private String reply(String step, String line, String usual) {
        String scripted = script.getOrDefault(step, any -> null).apply(line);
        return scripted == null ? usual : scripted;
    }

    private boolean say(OutputStream out, String reply) throws IOException {
        if (reply.equals(HANG_UP)) {
            return false;
        }
        if (reply.equals(DEAF)) {
            say(out, "354 go on");
            awaitClosed();
            return false;
        }
        if (reply.equals(DRIPS)) {
            drip.into(out, new byte[] {'2'}, BETWEEN_DROPS);
        }
        if (!reply.equals(SILENCE)) {
            out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        return true;
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String read(BufferedReader in) throws IOException {
        StringBuilder source = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            source.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return source.toString();
    }

    private static String inner(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }
}
