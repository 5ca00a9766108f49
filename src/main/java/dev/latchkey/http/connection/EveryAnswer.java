package dev.latchkey.http.connection;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;

/** The last touch to the headers of whatever is answered, be it to a request that no filter ever saw. */
@ChannelHandler.Sharable
final class EveryAnswer extends ChannelOutboundHandlerAdapter {
    private static final String EMBEDDING = "cross-origin-resource-policy";

    private final boolean https;

    /** @param https whether callers reach this server by https, and browsers are to stay with it (RFC 6797) */
    EveryAnswer(boolean https) {
        this.https = https;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response && response.status().code() >= 200) {
            HttpHeaders headers = response.headers();
            headers.set("x-content-type-options", "nosniff");
            if (!headers.contains(EMBEDDING)) {
                headers.set(EMBEDDING, "same-origin");
            }
            if (https) {
                headers.set("strict-transport-security", "max-age=31536000");
            }
            List<String> vary = headers.getAll(HttpHeaderNames.VARY);
            if (vary.size() > 1) {
                headers.set(HttpHeaderNames.VARY, vary.stream().distinct().collect(Collectors.joining(", ")));
            }
        }
        super.write(ctx, message, promise);
    }
}
