package dev.latchkey.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How far the request has come that is being read from a connection, and how long its rest may take. */
final class Reading {
    /** From the first byte of a request to the end of its headers. */
    static final Duration HEAD_LIMIT = Duration.ofSeconds(10);

    /** From the end of the headers to the end of the body; a photo of 5 MiB needs 350 kbit/s. */
    static final Duration BODY_LIMIT = Duration.ofMinutes(2);

    /** What is to come next. */
    enum Part {
        NOTHING,
        HEAD,
        BODY
    }

    private final Connection connection;
    private final Connections connections;
    private Part part = Part.NOTHING;
    private @Nullable HttpRequest unfinished;
    private @Nullable Future<?> limit;
    private boolean counted;

    Reading(Connection connection, Connections connections) {
        this.connection = connection;
        this.connections = connections;
    }

    Part part() {
        return part;
    }

    void beginHead() {
        part = Part.HEAD;
    }

    void beginBody(HttpRequest request) {
        stopLimit();
        part = Part.BODY;
        unfinished = request;
    }

    void finish() {
        stopLimit();
        part = Part.NOTHING;
        unfinished = null;
        if (counted) {
            counted = false;
            connections.bodyEnded(connection);
        }
    }

    /** There is nothing more to read at the moment; if something is to come, it has its limits from now on. */
    void pause(ChannelHandlerContext ctx) {
        if (part != Part.NOTHING && limit == null) {
            Duration most = part == Part.HEAD ? HEAD_LIMIT : BODY_LIMIT;
            limit = ctx.executor().schedule(() -> connection.end(ctx), most.toNanos(), TimeUnit.NANOSECONDS);
        }
        if (unfinished != null && !counted) {
            counted = true;
            connections.bodyBegun(connection, connections.callerOf(ctx, unfinished, connection.address()));
        }
    }

    private void stopLimit() {
        if (limit != null) {
            limit.cancel(false);
            limit = null;
        }
    }
}
