package dev.latchkey.web.session;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.text.Languages;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Cookies by which we know a browser again. They cannot be read by scripts, do not go along with what other sites send here
 * but links, and where we are reached by https no other host can have set them (RFC 6265bis, section 4.1.3.2).
 */
@Singleton
public final class OwnCookies {
    private final BaseUrl baseUrl;

    OwnCookies(BaseUrl baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** What a browser sent under a name; absent where it sent nothing. */
    public @Nullable String find(HttpRequest<?> request, String name) {
        return request.getCookies()
                .findCookie(prefixed(name))
                .map(Cookie::getValue)
                .orElse(null);
    }

    /** A cookie that ends with the browser, at the latest, unless it is given an age. */
    public Cookie of(String name, String value) {
        return Cookie.of(prefixed(name), value)
                .httpOnly(true)
                .secure(isHttps())
                .sameSite(SameSite.Lax)
                .path("/");
    }

    private String prefixed(String name) {
        return isHttps() ? Languages.OF_THIS_HOST + name : name;
    }

    private boolean isHttps() {
        return baseUrl.origin().startsWith("https:");
    }
}
