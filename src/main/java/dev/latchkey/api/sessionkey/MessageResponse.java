package dev.latchkey.api.sessionkey;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;

/** An answer that is one sentence; the sentences are the specification's. */
@Serdeable
record MessageResponse(String message) {

    static MutableHttpResponse<?> ok(String message) {
        return HttpResponse.ok(new MessageResponse(message));
    }

    static MutableHttpResponse<?> badRequest(String message) {
        return HttpResponse.badRequest(new MessageResponse(message));
    }

    static MutableHttpResponse<?> unauthorized(String message) {
        return as(HttpStatus.UNAUTHORIZED, message);
    }

    static MutableHttpResponse<?> as(HttpStatus status, String message) {
        return HttpResponse.status(status).body(new MessageResponse(message));
    }
}
