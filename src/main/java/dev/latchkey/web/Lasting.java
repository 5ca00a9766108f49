package dev.latchkey.web;

import dev.latchkey.http.EntityTags;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;

/** Answers with what never changes at its address, as that has a digest of it: browsers may keep it for ever. */
public final class Lasting {
    private Lasting() {}

    /** The content, or that the browser has it already; the tag is the digest. */
    public static MutableHttpResponse<byte[]> show(HttpRequest<?> request, String tag, byte[] content, String type) {
        List<String> known = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH);
        boolean has = EntityTags.isStar(known) || EntityTags.in(known).contains(tag);
        MutableHttpResponse<byte[]> response = has ? HttpResponse.notModified() : HttpResponse.ok(content);
        return response.contentType(type)
                .header(HttpHeaders.ETAG, '"' + tag + '"')
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
    }
}
