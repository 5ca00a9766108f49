package dev.latchkey.http.connection;

import dev.latchkey.http.connection.RequestDecoder.Part;
import dev.latchkey.limit.CallerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One connection of HTTP/1: reads a request when the answers before it have been taken, gives it {@link RequestDecoder#HEAD_LIMIT} for
 * its head and {@link RequestDecoder#BODY_LIMIT} for its body, and ends with what takes longer, by 408 where that can still be said.
 * What the server itself needs for an answer counts for nothing.
 */
final class Connection extends CombinedChannelDuplexHandler<RequestDecoder, ResponseEncoder> {
    private final Channel channel;
    private final RequestDecoder decoder;

    /** For each request under way whether it is a HEAD. */
    private final Deque<Boolean> underWay = new ArrayDeque<>(2);

    private boolean refusesMore;
    private boolean callerEnded;
    private volatile boolean atWork;
    private volatile long changed = System.nanoTime();

    Connection(Channel channel, HttpDecoderConfig limits, Connections connections, boolean https) {
        this.channel = channel;
        decoder = new RequestDecoder(limits, this, connections);
        init(decoder, new ResponseEncoder(this, https));
    }

    /** The other end; unknown, and without a share, where that is this machine: it will be a proxy. */
    CallerAddress address() {
        InetAddress address = channel.remoteAddress() instanceof InetSocketAddress socket ? socket.getAddress() : null;
        return address == null || address.isLoopbackAddress() ? CallerAddress.UNKNOWN : CallerAddress.of(address);
    }

    /** Whether it is the caller who has to do something: ask, finish asking, or take the answer. */
    boolean isWaiting() {
        return !atWork || hasUntaken();
    }

    long nanosWaited() {
        return System.nanoTime() - changed;
    }

    void onClose(Runnable action) {
        channel.closeFuture().addListener(closed -> action.run());
    }

    /** Closes it; safe for use by any thread. */
    void drop() {
        channel.newSucceededFuture().addListener(ChannelFutureListener.CLOSE);
    }

    /** Ends what is read at the moment as if its time was over; safe for use by any thread. */
    void hurry() {
        channel.eventLoop().execute(() -> {
            ChannelHandlerContext ctx = channel.pipeline().context(this);
            if (ctx != null) {
                end(ctx);
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (refusesMore) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (decoder.part() == Part.NOTHING
                && message instanceof ByteBuf bytes
                && (begins(bytes) || begins(decoder.heldBack()))) {
            decoder.beginHead();
            update();
        }
        super.channelRead(ctx, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        decoder.pause(ctx);
        super.channelReadComplete(ctx);
        readRest();
    }

    @Override
    public void read(ChannelHandlerContext ctx) throws Exception {
        if (decoder.proceed()) {
            // Later, as whoever asks may be in the middle of the request before.
            ctx.executor()
                    .execute(() -> ctx.pipeline()
                            .fireChannelRead(Unpooled.EMPTY_BUFFER)
                            .fireChannelReadComplete());
        } else if (!callerEnded) {
            super.read(ctx);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            callerEnded = true;
            if (!atWork) {
                ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
        } else if (event instanceof IdleStateEvent idle) {
            nothingHappens(ctx, idle);
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    private void nothingHappens(ChannelHandlerContext ctx, IdleStateEvent idle) {
        if (idle.state() == IdleState.WRITER_IDLE) {
            // The first event comes even when some was taken: only from then on it is looked at.
            if (hasUntaken() && !idle.isFirst()) {
                drop();
            }
        } else if (decoder.part() != Part.NOTHING) {
            end(ctx);
        } else if (!atWork && !hasUntaken()) {
            drop();
        }
    }

    void headRead(ChannelHandlerContext ctx, HttpRequest request) {
        underWay.add(request instanceof RequestDecoder.HeadRequest);
        if (request.decoderResult().isFailure()) {
            refusesMore = true;
            return;
        }
        if (request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)) {
            // The framework knows the word only where it stands alone.
            request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        decoder.beginBody(request);
        update();
    }

    /** All of the request has been read. */
    void requestRead() {
        decoder.finish();
        update();
    }

    /** The rest of the body cannot be read. */
    void bodyBroken(ChannelHandlerContext ctx, Throwable cause) {
        refusesMore = true;
        fail(ctx, cause);
    }

    /** Whether the request that is answered now is a HEAD. */
    boolean isHead() {
        return Boolean.TRUE.equals(underWay.peek());
    }

    /** Whether the answer at hand is the last one on this connection. */
    boolean isLast() {
        return (refusesMore || callerEnded) && underWay.size() <= 1;
    }

    /** The answer at hand was written to its end. */
    void answered() {
        underWay.poll();
        update();
        readRest();
    }

    /**
     * Goes on reading a body that nobody reads any more since it was answered: clients that send all of it before they read
     * would wait for each other until its time is over.
     */
    private void readRest() {
        if (underWay.isEmpty() && decoder.part() == Part.BODY) {
            channel.read();
        }
    }

    private void update() {
        atWork = decoder.part() == Part.NOTHING && !underWay.isEmpty();
        changed = System.nanoTime();
    }

    /** Reads no more, and has the request that was being read answered by 408. */
    void end(ChannelHandlerContext ctx) {
        Part ended = decoder.part();
        if (ended == Part.NOTHING) {
            return;
        }
        refusesMore = true;
        requestRead();
        if (ended == Part.BODY) {
            fail(ctx, ReadTimeoutException.INSTANCE);
            return;
        }
        HttpRequest late = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
        late.setDecoderResult(DecoderResult.failure(ReadTimeoutException.INSTANCE));
        underWay.add(false);
        update();
        ctx.fireChannelRead(late);
        ctx.fireChannelReadComplete();
    }

    /**
     * Lets whoever reads the body know that it will not be complete; where it was answered already, that is all. Told of
     * another kind of exception, the framework logs an error for each body that nobody reads.
     */
    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        if (underWay.isEmpty()) {
            drop();
        } else {
            ctx.fireExceptionCaught(new DecompressionException("The rest of a body cannot be read", cause));
        }
    }

    private boolean hasUntaken() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer != null && buffer.totalPendingWriteBytes() > 0;
    }

    /** Empty lines before a request count for nothing (RFC 9112, section 2.2). */
    private static boolean begins(ByteBuf bytes) {
        return bytes.forEachByte(each -> each == HttpConstants.CR || each == HttpConstants.LF) >= 0;
    }
}
