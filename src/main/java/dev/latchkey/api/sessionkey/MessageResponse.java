package dev.latchkey.api.sessionkey;

import dev.latchkey.http.Problem;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;

/** An answer that is one sentence; the sentences are the specification's. */
@Serdeable
record MessageResponse(String message) {

    static MutableHttpResponse<?> ok(String message) {
        return as(HttpStatus.OK, message);
    }

    static MutableHttpResponse<?> badRequest(String message) {
        return as(HttpStatus.BAD_REQUEST, message);
    }

    static MutableHttpResponse<?> unauthorized(String message) {
        return as(HttpStatus.UNAUTHORIZED, message);
    }

    static MutableHttpResponse<?> slowDown(Duration wait) {
        long seconds = Problem.seconds(wait);
        return as(HttpStatus.TOO_MANY_REQUESTS, "Too many attempts. Try again in " + seconds + " seconds.")
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    }

    static MutableHttpResponse<?> as(HttpStatus status, String message) {
        return HttpResponse.status(status).body(new MessageResponse(message));
    }
}
