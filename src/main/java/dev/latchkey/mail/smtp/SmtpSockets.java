package dev.latchkey.mail.smtp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * Sockets whose reads end at a deadline of the reading thread. A time-out is for one read alone: a mail server that sends
 * a byte now and then could hold a mail without end, beyond its lease.
 */
final class SmtpSockets extends SocketFactory {
    private final int timeout;
    private final ThreadLocal<Long> deadline = new ThreadLocal<>();

    /** @param timeout for each read */
    SmtpSockets(Duration timeout) {
        this.timeout = Math.toIntExact(timeout.toMillis());
    }

    /** Everything that this thread reads from now on must have come by then. */
    void limit(Duration most) {
        deadline.set(System.nanoTime() + most.toNanos());
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public InputStream getInputStream() throws IOException {
                return new Hurried(super.getInputStream(), this);
            }
        };
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
