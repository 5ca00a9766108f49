package dev.latchkey.support;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes connections on plain sockets and gives each a thread of its own; what either side closes has ended. */
public final class Listener implements AutoCloseable {
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ServerSocket server;
    private final Conversation conversation;

    /** What is said on one connection. */
    @FunctionalInterface
    public interface Conversation {
        void with(Socket client) throws IOException;
    }

    public Listener(ServerSocket server, Conversation conversation) {
        this.server = server;
        this.conversation = conversation;
        Thread.ofVirtual().start(this::listen);
    }

    /** On this port of the loopback address, or on any if it is 0. */
    static Listener on(int port, Conversation conversation) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
            return new Listener(server, conversation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Hangs up on everybody, and goes on listening. */
    void dropConnections() {
        open.forEach(Listener::close);
    }

    @Override
    public void close() {
        close(server);
        dropConnections();
    }

    private void listen() {
        try {
            while (true) {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket client) {
        try (client) {
            conversation.with(client);
        } catch (IOException e) {
            // One of the two hung up.
        } finally {
            open.remove(client);
        }
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
