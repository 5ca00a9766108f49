package dev.latchkey.http.connection;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;

/**
 * A HEAD that the framework takes for a GET, so that it makes the whole answer; the content is left out
 * when it is written. Only so the headers are those of GET (RFC 9110, section 9.3.2): for HEAD the framework makes no
 * content, and so knows no length.
 */
final class HeadRequest extends DefaultHttpRequest {
    HeadRequest(HttpRequest head) {
        super(head.protocolVersion(), HttpMethod.GET, head.uri(), head.headers());
        setDecoderResult(head.decoderResult());
    }
}
