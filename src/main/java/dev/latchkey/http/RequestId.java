package dev.latchkey.http;

import io.micronaut.http.HttpRequest;
import java.util.UUID;

/** The id of one call: in the X-Request-Id header of its answer, in its problem, and in the log. */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = "latchkey.request-id";

    private RequestId() {}

    /**
     * The id of this call; the same each time it is asked for. Random throughout: strangers see it, so it must tell
     * nothing about the ids that others get.
     */
    public static String of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, String.class).orElseGet(() -> {
            String id = UUID.randomUUID().toString();
            request.setAttribute(ATTRIBUTE, id);
            return id;
        });
    }
}
