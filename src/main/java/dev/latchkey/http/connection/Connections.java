package dev.latchkey.http.connection;

import dev.latchkey.config.ConnectionSettings;
import dev.latchkey.limit.CallerAddress;
import jakarta.inject.Singleton;

/**
 * All connections that are open, within bounds, so that nobody takes up all memory and files by holding on to many. The
 * shares hold back a single address; against many addresses it helps that newcomers get in, as callers who mean it are
 * done soon.
 */
@Singleton
final class Connections {
    /** Bodies of which a part is still to come: each keeps a thread, a buffer and perhaps a temporary file. */
    static final int MOST_UNFINISHED = 256;

    private static final int UNFINISHED_OF_ONE_CALLER = MOST_UNFINISHED / 4;

    private final Crowd all;
    private final Crowd unfinished = new Crowd(MOST_UNFINISHED, UNFINISHED_OF_ONE_CALLER);

    Connections(ConnectionSettings settings) {
        all = new Crowd(settings.connections(), settings.connectionsPerAddress());
    }

    /** Counts a connection until it is closed. */
    void opened(Connection connection) {
        connection.onClose(() -> {
            all.leave(connection);
            unfinished.leave(connection);
        });
        all.join(connection, connection.address()).ifPresent(Connection::drop);
    }

    /** A part of a request's body is here, and the rest is not. */
    void bodyBegun(Connection connection, CallerAddress caller) {
        unfinished.join(connection, caller).ifPresent(Connection::hurry);
    }

    void bodyEnded(Connection connection) {
        unfinished.leave(connection);
    }
}
