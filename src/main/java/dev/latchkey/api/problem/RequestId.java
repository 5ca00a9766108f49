package dev.latchkey.api.problem;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.http.HttpRequest;

/** The id of one call: in the X-Request-Id header of its answer, in its problem, and in the log. */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = "latchkey.request-id";

    private RequestId() {}

    /** The id of this call, a UUIDv7; the same each time it is asked for. */
    public static String of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, String.class).orElseGet(() -> {
            String id = UuidCreator.getTimeOrderedEpochPlus1().toString();
            request.setAttribute(ATTRIBUTE, id);
            return id;
        });
    }
}
