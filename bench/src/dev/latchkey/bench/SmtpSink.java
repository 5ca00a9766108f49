package dev.latchkey.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Takes every mail as fast as it can and hands on who it is for and what it says. On loopback only. */
final class SmtpSink implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final BiConsumer<String, byte[]> onMail;
    private final Object gate = new Object();
    private boolean held;
    private volatile boolean closed;

    /** @param onMail gets the recipient and the message, before the mail is acknowledged */
    SmtpSink(BiConsumer<String, byte[]> onMail) throws IOException {
        this.onMail = onMail;
        Thread.ofPlatform().daemon().name("smtp-accept").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on no mail is let in; those who wait for an answer go on waiting. */
    void hold() {
        synchronized (gate) {
            held = true;
        }
    }

    void release() {
        synchronized (gate) {
            held = false;
            gate.notifyAll();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofPlatform().daemon().name("smtp").start(() -> converse(socket));
            } catch (IOException e) {
                if (!closed) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16_384);
            OutputStream out = socket.getOutputStream();
            Message message = new Message();
            String recipient = "";
            say(out, "220 sink");
            while (true) {
                String line = message.line(in);
                if (line == null) {
                    return;
                }
                if (line.startsWith("EHLO")) {
                    say(out, "250-sink\r\n250 8BITMIME");
                } else if (line.startsWith("MAIL FROM:")) {
                    awaitRelease();
                    say(out, "250 ok");
                } else if (line.startsWith("RCPT TO:")) {
                    recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                    say(out, "250 ok");
                } else if (line.equals("DATA")) {
                    say(out, "354 go on");
                    onMail.accept(recipient, message.body(in));
                    say(out, "250 taken");
                } else if (line.equals("QUIT")) {
                    say(out, "221 bye");
                    return;
                } else {
                    say(out, "250 ok");
                }
            }
        } catch (IOException e) {
            // The other side went away: a mail without its dot does not count.
        } finally {
            open.remove(socket);
        }
    }

    private void awaitRelease() {
        synchronized (gate) {
            while (held && !closed) {
                try {
                    gate.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private static void say(OutputStream out, String answer) throws IOException {
        out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        closed = true;
        release();
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** The bytes of one conversation, in a buffer that is used again. */
    private static final class Message {
        private byte[] buffer = new byte[16_384];
        private int length;

        /** The next line without its end, or null where there is none. */
        String line(InputStream in) throws IOException {
            length = 0;
            return readLine(in, 0) ? new String(buffer, 0, length, StandardCharsets.US_ASCII).stripTrailing() : null;
        }

        byte[] body(InputStream in) throws IOException {
            length = 0;
            while (true) {
                int start = length;
                if (!readLine(in, start)) {
                    throw new IOException("Ended inside a mail");
                }
                if (length - start == 3 && buffer[start] == '.' && buffer[start + 1] == '\r') {
                    return Arrays.copyOf(buffer, start);
                }
            }
        }

        private boolean readLine(InputStream in, int start) throws IOException {
            while (true) {
                int next = in.read();
                if (next < 0) {
                    return length > start;
                }
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, length * 2);
                }
                buffer[length++] = (byte) next;
                if (next == '\n') {
                    return true;
                }
            }
        }
    }
}
