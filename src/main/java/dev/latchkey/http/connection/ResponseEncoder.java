package dev.latchkey.http.connection;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.stream.Collectors;

/** Encodes answers in the order of their requests, leaving out what the caller did not ask for or cannot read. */
final class ResponseEncoder extends HttpResponseEncoder {
    private static final String EMBEDDING = "cross-origin-resource-policy";
    private static final String POLICY = "content-security-policy";

    /** Of what is no page: opened by itself, it shows nothing and runs nothing. */
    private static final String NOTHING =
            "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Connection connection;
    private final boolean https;

    /**
     * @param connection knows the requests, and is told when they are answered
     * @param https whether callers reach this server by https, and browsers are to stay with it (RFC 6797)
     */
    ResponseEncoder(Connection connection, boolean https) {
        this.connection = connection;
        this.https = https;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        boolean begins = message instanceof HttpResponse response && !isInterim(response);
        boolean ends = message instanceof LastHttpContent && (begins || !(message instanceof HttpResponse));
        ChannelPromise written = promise;
        if (begins) {
            prepare((HttpResponse) message);
        }
        if (ends && connection.isLast()) {
            written = promise.unvoid().addListener(ChannelFutureListener.CLOSE);
        }
        super.write(ctx, message, written);
        if (ends) {
            connection.answered();
        }
    }

    private void prepare(HttpResponse response) {
        if (connection.isLast()) {
            HttpUtil.setKeepAlive(response, false);
        }
        boolean leadsElsewhere = response.status().codeClass() == HttpStatusClass.REDIRECTION;
        if (connection.isHead()
                && !leadsElsewhere
                && "0".equals(response.headers().get(HttpHeaderNames.CONTENT_LENGTH))) {
            // Where no content was made, its length is not known; what leads elsewhere never has any.
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        if (response.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            // It knows no chunks: such an answer ends with its connection.
            response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
        }
        completeHeaders(response.headers());
    }

    /** Whatever is answered carries these, be it to a request that no filter ever saw. */
    private void completeHeaders(HttpHeaders headers) {
        headers.set("x-content-type-options", "nosniff");
        if (!headers.contains(EMBEDDING)) {
            headers.set(EMBEDDING, "same-origin");
        }
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        if (type != null) {
            // Files of ours have letters that are written like all others. Text in any case: an object is written
            // slowly.
            boolean ours = type.equals("text/css") || type.equals("text/javascript");
            headers.set(HttpHeaderNames.CONTENT_TYPE, ours ? type + ";charset=utf-8" : type);
        }
        if (!headers.contains(POLICY)) {
            headers.set(POLICY, NOTHING);
        }
        if (https) {
            headers.set("strict-transport-security", "max-age=31536000");
        }
        List<String> vary = headers.getAll(HttpHeaderNames.VARY);
        if (vary.size() > 1) {
            headers.set(HttpHeaderNames.VARY, vary.stream().distinct().collect(Collectors.joining(", ")));
        }
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return (!isInterim(response) && connection.isHead()) || super.isContentAlwaysEmpty(response);
    }

    private static boolean isInterim(HttpResponse response) {
        return response.status().code() < 200;
    }
}
