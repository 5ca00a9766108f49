package dev.latchkey.http.connection;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.ConnectionSettings;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.limit.CallerAddress;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.netty.body.NettyByteBodyFactory;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
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

    private final boolean https;
    private final CallerAddressResolver callers;
    private final ConversionService conversions;
    private final NettyHttpServerConfiguration server;

    Connections(
            ConnectionSettings settings,
            BaseUrl baseUrl,
            CallerAddressResolver callers,
            ConversionService conversions,
            NettyHttpServerConfiguration server) {
        this.callers = callers;
        this.conversions = conversions;
        this.server = server;
        https = baseUrl.origin().startsWith("https:");
        all = new Crowd(settings.connections(), settings.connectionsPerAddress());
    }

    /** The handler of a new connection. */
    Connection accept(Channel channel) {
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(server.getMaxInitialLineLength())
                .setMaxHeaderSize(server.getMaxHeaderSize())
                .setMaxChunkSize(server.getMaxChunkSize());
        return new Connection(channel, limits, this, https);
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

    /**
     * Who counts as the caller of a request of which only the head was read: whom a proxy tells of, where the operator
     * named its header, else the other end.
     */
    CallerAddress callerOf(ChannelHandlerContext ctx, HttpRequest request, CallerAddress otherEnd) {
        String header = server.getClientAddressHeader();
        if (header == null || !request.headers().contains(header.strip())) {
            return otherEnd;
        }
        try {
            return callers.of(new NettyHttpRequest<>(request, NettyByteBodyFactory.empty(), ctx, conversions, server));
        } catch (IllegalArgumentException e) {
            // Its address is none, for which it will be refused.
            return otherEnd;
        }
    }
}
