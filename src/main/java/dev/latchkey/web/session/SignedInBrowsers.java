package dev.latchkey.web.session;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.http.TransientFailure;
import dev.latchkey.session.ClientName;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.PageSessions;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows browsers by the cookie of their session. It cannot be read by scripts, does not go along with what other sites
 * send here but links, and where we are reached by https no other host can have set it (RFC 6265bis, section 4.1.3.2).
 */
@Singleton
public final class SignedInBrowsers {
    private static final Logger LOG = LoggerFactory.getLogger(SignedInBrowsers.class);
    private static final String NAME = "latchkey";

    private final PageSessions sessions;
    private final BaseUrl baseUrl;

    SignedInBrowsers(PageSessions sessions, BaseUrl baseUrl) {
        this.sessions = sessions;
        this.baseUrl = baseUrl;
    }

    /** Who is signed in; empty when nobody is. */
    public Optional<PageSession> find(HttpRequest<?> request) {
        return sessions.find(cookie(request));
    }

    /**
     * Signs somebody in who has just used a link that was mailed to their account; whoever was signed in with this
     * browser is signed out. What the link was for is done by then, so a database that cannot take a session just now is no
     * failure: then the answer stays as it is.
     */
    public <T> MutableHttpResponse<T> signInByLink(
            HttpRequest<?> request, MutableHttpResponse<T> response, UUID accountId) {
        try {
            sessions.openByLink(accountId, client(request)).ifPresent(cookie -> remember(request, response, cookie));
        } catch (RuntimeException e) {
            if (!TransientFailure.isBehind(e)) {
                throw e;
            }
            LOG.warn("Nobody could be signed in after using a link", e);
        }
        return response;
    }

    /** Gives a browser the cookie of a session that was just opened; the one it had ends (session fixation). */
    public <T> MutableHttpResponse<T> remember(HttpRequest<?> request, MutableHttpResponse<T> response, String cookie) {
        sessions.close(cookie(request));
        response.cookie(named(cookie));
        return response;
    }

    /** Signs a browser out. */
    public <T> MutableHttpResponse<T> forget(HttpRequest<?> request, MutableHttpResponse<T> response) {
        sessions.close(cookie(request));
        response.cookie(named("").maxAge(Duration.ZERO));
        return response;
    }

    /** What the browser calls itself, for its owner to recognise. */
    public static String client(HttpRequest<?> request) {
        return ClientName.of(request.getHeaders().get(HttpHeaders.USER_AGENT));
    }

    private @Nullable String cookie(HttpRequest<?> request) {
        return request.getCookies().findCookie(name()).map(Cookie::getValue).orElse(null);
    }

    /** Without an age it ends with the browser, at the latest. */
    private Cookie named(String value) {
        return Cookie.of(name(), value)
                .httpOnly(true)
                .secure(isHttps())
                .sameSite(SameSite.Lax)
                .path("/");
    }

    private String name() {
        return isHttps() ? "__Host-" + NAME : NAME;
    }

    private boolean isHttps() {
        return baseUrl.origin().startsWith("https:");
    }
}
