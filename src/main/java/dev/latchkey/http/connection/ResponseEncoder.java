package dev.latchkey.http.connection;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/** Encodes answers in the order of their requests, leaving out what the caller did not ask for or cannot read. */
final class ResponseEncoder extends HttpResponseEncoder {
    /** Knows the requests, and is told when they are answered. */
    interface Answering {
        /** Whether the request that is answered now is a HEAD. */
        boolean isHead();

        /** Whether the answer at hand is the last one on this connection. */
        boolean isLast();

        /** The answer at hand was written to its end. */
        void answered();
    }

    private final Answering answering;

    ResponseEncoder(Answering answering) {
        this.answering = answering;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        boolean begins = message instanceof HttpResponse response && !isInterim(response);
        boolean ends = message instanceof LastHttpContent && (begins || !(message instanceof HttpResponse));
        ChannelPromise written = promise;
        if (begins) {
            prepare((HttpResponse) message);
        }
        if (ends && answering.isLast()) {
            written = promise.unvoid().addListener(ChannelFutureListener.CLOSE);
        }
        super.write(ctx, message, written);
        if (ends) {
            answering.answered();
        }
    }

    private void prepare(HttpResponse response) {
        if (answering.isLast()) {
            HttpUtil.setKeepAlive(response, false);
        }
        if (answering.isHead() && "0".equals(response.headers().get(HttpHeaderNames.CONTENT_LENGTH))) {
            // Where no content was made, its length is not known.
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        if (response.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            // It knows no chunks: such an answer ends with its connection.
            response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
        }
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return (!isInterim(response) && answering.isHead()) || super.isContentAlwaysEmpty(response);
    }

    private static boolean isInterim(HttpResponse response) {
        return response.status().code() < 200;
    }
}
