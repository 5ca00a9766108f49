package dev.latchkey.web.session;

import dev.latchkey.database.BestEffort;
import dev.latchkey.session.ClientName;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.PageSessions;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows browsers by the cookie of their session. */
@Singleton
public final class SignedInBrowsers {
    private static final Logger LOG = LoggerFactory.getLogger(SignedInBrowsers.class);
    private static final String NAME = "latchkey";

    private final PageSessions sessions;
    private final OwnCookies cookies;

    SignedInBrowsers(PageSessions sessions, OwnCookies cookies) {
        this.sessions = sessions;
        this.cookies = cookies;
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
        BestEffort.tried(
                LOG,
                "Nobody could be signed in after using a link",
                () -> sessions.openByLink(accountId, client(request))
                        .ifPresent(cookie -> remember(request, response, cookie)));
        return response;
    }

    /** Gives a browser the cookie of a session that was just opened; the one it had ends (session fixation). */
    public <T> MutableHttpResponse<T> remember(HttpRequest<?> request, MutableHttpResponse<T> response, String cookie) {
        close(request);
        response.cookie(cookies.of(NAME, cookie));
        return response;
    }

    /** Signs a browser out because that was asked for: a failure where its session cannot be ended. */
    public <T> MutableHttpResponse<T> signOut(HttpRequest<?> request, MutableHttpResponse<T> response) {
        sessions.close(cookie(request));
        return withoutCookie(response);
    }

    /** The same beside something else that is done by then, and stays so where the session cannot be ended just now. */
    public <T> MutableHttpResponse<T> forget(HttpRequest<?> request, MutableHttpResponse<T> response) {
        close(request);
        return withoutCookie(response);
    }

    private <T> MutableHttpResponse<T> withoutCookie(MutableHttpResponse<T> response) {
        response.cookie(cookies.of(NAME, "").maxAge(Duration.ZERO));
        return response;
    }

    /** What the browser calls itself, for its owner to recognise. */
    public static String client(HttpRequest<?> request) {
        return ClientName.of(request.getHeaders().get(HttpHeaders.USER_AGENT));
    }

    private void close(HttpRequest<?> request) {
        BestEffort.tried(LOG, "The session before could not be ended", () -> sessions.close(cookie(request)));
    }

    private @Nullable String cookie(HttpRequest<?> request) {
        return cookies.find(request, NAME);
    }
}
