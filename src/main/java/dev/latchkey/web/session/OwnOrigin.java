package dev.latchkey.web.session;

import dev.latchkey.config.BaseUrl;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;

/**
 * Tells whether a form that signs in was sent by a page of ours. Nobody is signed in yet, so it carries no secret of a
 * session; another site could sign its visitors in to an account of its own, and read later what they put into it
 * (login CSRF).
 *
 * <p>Every browser of today says of each request which site made it (Fetch Metadata). Of older ones {@code Origin} is all
 * there is, which our pages let be {@code null}, as they carry tokens and so send no referrer. Programs say neither.
 */
@Singleton
public final class OwnOrigin {
    private final BaseUrl baseUrl;

    OwnOrigin(BaseUrl baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** Whether a page of ours sent it, as far as its browser says. */
    public boolean made(HttpRequest<?> request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        return origin == null || origin.equals("null") || origin.equals(baseUrl.origin());
    }
}
