package dev.latchkey.mail.smtp;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.SocketFactory;

/**
 * Sockets whose reads end at a deadline of the reading thread. A time-out is for one read alone: a mail server that sends
 * a byte now and then could hold a mail without end, beyond its lease. A write has no time-out at all: whoever looks now
 * and then closes what is stuck, which costs a mail nothing, where the mail library sets an alarm for each write.
 */
final class SmtpSockets extends SocketFactory {
    private final int timeout;

    /** Held by nobody else where no connection came about, and then gone by itself. */
    private final Set<Guarded> open = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final ThreadLocal<Long> deadline = new ThreadLocal<>();

    /** @param timeout for each read */
    SmtpSockets(Duration timeout) {
        this.timeout = Math.toIntExact(timeout.toMillis());
    }

    /** Everything that this thread reads from now on must have come by then. */
    void limit(Duration most) {
        deadline.set(System.nanoTime() + most.toNanos());
    }

    /** Closes what is being written to for longer than one answer may take; the writer fails then. */
    void closeStuck() {
        for (Guarded socket : open.toArray(Guarded[]::new)) {
            long since = socket.writesSince;
            if (since != 0
                    && System.nanoTime() - since > Duration.ofMillis(timeout).toNanos()) {
                socket.abandon();
            }
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        Guarded socket = new Guarded();
        // The end of a large mail would wait until its beginning was acknowledged.
        socket.setTcpNoDelay(true);
        open.add(socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("Only sockets that are connected later");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private final class Guarded extends Socket {
        /** By {@link System#nanoTime}; 0 while nothing is written. */
        private volatile long writesSince;

        @Override
        public InputStream getInputStream() throws IOException {
            return new Hurried(super.getInputStream(), this);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new Watched(super.getOutputStream(), this);
        }

        void abandon() {
            try {
                close();
            } catch (IOException e) {
                // It was to be closed, and it is.
            }
        }
    }

    private static final class Watched extends FilterOutputStream {
        private final Guarded socket;

        Watched(OutputStream out, Guarded socket) {
            super(out);
            this.socket = socket;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            socket.writesSince = System.nanoTime() | 1;
            try {
                out.write(bytes, offset, length);
            } finally {
                socket.writesSince = 0;
            }
        }
    }

    private final class Hurried extends FilterInputStream {
        private final Socket socket;

        Hurried(InputStream in, Socket socket) {
            super(in);
            this.socket = socket;
        }

        @Override
        public int read() throws IOException {
            hurry();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            hurry();
            return super.read(bytes, offset, length);
        }

        private void hurry() throws IOException {
            Long end = deadline.get();
            if (end == null) {
                return;
            }
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new SocketTimeoutException("The mail server took too long in all");
            }
            socket.setSoTimeout((int) Math.min(left, timeout));
        }
    }
}
