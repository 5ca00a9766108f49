package dev.latchkey.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one request, and the next one when it is asked to; knows how far it has come, and how long its rest may take.
 * What a caller sends ahead of the answers stays in a few bytes until then, where Netty's own codec would make requests of
 * all of it at once, and the framework their answers.
 */
final class RequestDecoder extends HttpRequestDecoder {
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

    /** Is told how far the request has come, before anybody else is. */
    private final Connection connection;

    private final Connections connections;
    private boolean paused;
    private Part part = Part.NOTHING;
    private @Nullable HttpRequest unfinished;
    private @Nullable Future<?> limit;
    private boolean counted;

    RequestDecoder(HttpDecoderConfig limits, Connection connection, Connections connections) {
        super(limits);
        this.connection = connection;
        this.connections = connections;
    }

    /** The bytes that nothing was made of yet. */
    ByteBuf heldBack() {
        return internalBuffer();
    }

    /** Lets what comes next become the next request; tells whether some of it is here and was held back. */
    boolean proceed() {
        boolean more = paused && actualReadableBytes() > 0;
        paused = false;
        return more;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (paused) {
            return;
        }
        super.decode(ctx, in, out);
        for (int i = 0; i < out.size(); i++) {
            if (out.get(i) instanceof HttpRequest request) {
                if (hasUnclearEnd(request)) {
                    request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("Transfer-Encoding")));
                }
                if (request.method().equals(HttpMethod.HEAD)) {
                    out.set(i, new HeadRequest(request));
                }
            }
            HttpObject object = (HttpObject) out.get(i);
            boolean broken = object.decoderResult().isFailure();
            if (object instanceof HttpRequest request) {
                connection.headRead(ctx, request);
            } else if (broken) {
                // Passed on, this would look like the proper end of a body.
                out.remove(i--);
                connection.bodyBroken(ctx, object.decoderResult().cause());
            }
            if (broken || object instanceof LastHttpContent) {
                paused = true;
                connection.requestRead();
            }
        }
    }

    /** A coding of which chunks are not the last step does not tell where the body ends (RFC 9112, section 6.3). */
    private static boolean hasUnclearEnd(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !HttpUtil.isTransferEncodingChunked(request);
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

    /**
     * A HEAD that the framework takes for a GET, so that it makes the whole answer; the content is left out
     * when it is written. Only so the headers are those of GET (RFC 9110, section 9.3.2): for HEAD the framework makes
     * no content, and so knows no length.
     */
    static final class HeadRequest extends DefaultHttpRequest {
        HeadRequest(HttpRequest head) {
            super(head.protocolVersion(), HttpMethod.GET, head.uri(), head.headers());
            setDecoderResult(head.decoderResult());
        }
    }
}
