package dev.latchkey.text;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.server.util.locale.CompositeHttpLocaleResolver;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The language in which a call is answered, among those that there are texts in: on a page about a profile the profile's,
 * else the one that was chosen on a page, else what Accept-Language asks for, else for whoever holds the token of a link
 * its owner's, else English.
 *
 * <p>An account's language is a value of its profile, and whoever may ask for a link need not be its owner. So only the
 * token of a link reveals it, whatever is told about who has an account. Nothing is kept between requests, so no header
 * can make it grow.
 */
@Singleton
@Primary
@Replaces(CompositeHttpLocaleResolver.class)
public final class Languages implements HttpLocaleResolver {
    /** The cookie that holds what was chosen on a page. */
    public static final String CHOSEN = "latchkey_language";

    /** Before the name of a cookie where we are reached by https: no other host can have set it. */
    public static final String OF_THIS_HOST = "__Host-";

    private static final String FOLLOWED = Languages.class.getName() + ".followed";
    private static final String REVEALED = Languages.class.getName() + ".revealed";

    private final Texts pages;

    Languages(@Named("messages") Texts pages) {
        this.pages = pages;
    }

    /** Writes the page that answers this request in the profile's language, if there are texts in it. */
    public void follow(HttpRequest<?> request, @Nullable String languageTag) {
        request.setAttribute(FOLLOWED, languageTag);
    }

    /** Lets the answer to this call be in the language of an account, as the caller holds the right to see it. */
    public static void reveal(HttpRequest<?> request, @Nullable String languageTag) {
        request.setAttribute(REVEALED, languageTag);
    }

    /** Whether a page is in the language of a profile, whatever its reader chooses. */
    public boolean isFollowed(HttpRequest<?> request) {
        return followed(request, pages).isPresent();
    }

    /** The languages that a page can be in. */
    public List<Locale> spoken() {
        return pages.locales();
    }

    /** Whether the call itself asks for a language that there are texts in. */
    public static boolean isAsked(HttpRequest<?> request, Texts texts) {
        return asked(request, texts).isPresent();
    }

    /** The language of the call at hand; English where none is. */
    public static Locale ofCall(Texts texts) {
        return ServerRequestContext.currentRequest()
                .flatMap(request -> of(request, texts))
                .orElse(Texts.FALLBACK);
    }

    private static Optional<Locale> of(HttpRequest<?> request, Texts texts) {
        return followed(request, texts)
                .or(() -> asked(request, texts))
                .or(() -> request.getAttribute(REVEALED, String.class).flatMap(texts::best));
    }

    private static Optional<Locale> followed(HttpRequest<?> request, Texts texts) {
        return request.getAttribute(FOLLOWED, String.class).flatMap(texts::best);
    }

    private static Optional<Locale> asked(HttpRequest<?> request, Texts texts) {
        return request.getCookies()
                .findCookie(OF_THIS_HOST + CHOSEN)
                .or(() -> request.getCookies().findCookie(CHOSEN))
                .map(Cookie::getValue)
                .flatMap(texts::best)
                .or(() -> Optional.ofNullable(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE))
                        .flatMap(texts::best));
    }

    /** The language of the page that answers this request. */
    @Override
    public Optional<Locale> resolve(HttpRequest<?> request) {
        return of(request, pages);
    }

    @Override
    public Locale resolveOrDefault(HttpRequest<?> request) {
        return resolve(request).orElse(Texts.FALLBACK);
    }
}
