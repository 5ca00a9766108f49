package dev.latchkey.web;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.http.Views;
import dev.latchkey.photo.PhotoUrls;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.views.ModelAndView;
import io.micronaut.views.ViewsFilter;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Makes pages of views, and gives them the headers that protect them (OWASP Secure Headers): no foreign code or frames
 * anywhere, and no trace of what is somebody's own, or of an address that carries a token, in caches, referrers and search engines.
 *
 * <p>Stands in for the framework's filter, which takes every answer, be it a page or not, through a chain of Reactor.
 * What replaces it has to be of its kind, so {@code @Filter} is here too, for no addresses.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
@Filter
@Replaces(ViewsFilter.class)
final class PageHeaders {
    /** No page asks for any of it; a photo is chosen or taken by the browser itself. */
    private static final String NOTHING_OF_THE_DEVICE =
            "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()";

    private static final String OAUTH = "/oauth/";

    private static final List<String> OWN =
            List.of("/edit/", "/confirm/", "/confirm_registration/", "/account", "/undo/", "/email/", "/keep/", OAUTH);

    private final Views views;
    private final String policy;

    PageHeaders(Views views, PhotoUrls photoUrls, BaseUrl baseUrl) {
        this.views = views;
        policy = "default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
                + bucket(photoUrls, baseUrl)
                + "; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    }

    @ResponseFilter
    @Order(Ordered.LOWEST_PRECEDENCE)
    @SuppressWarnings("unchecked") // Every model here is one.
    void render(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (response.body() instanceof ModelAndView<?> page) {
            Map<String, ?> model = (Map<String, ?>) page.getModel().orElseThrow();
            String view = page.getView().orElseThrow();
            response.contentType(MediaType.TEXT_HTML + ";charset=utf-8")
                    .body(
                            response.getAttribute(Pages.FOR_ALL).isPresent()
                                    ? views.renderForAll(request, view, model)
                                    : views.render(request, view, model));
        }
    }

    @ResponseFilter
    void protect(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (mayBeEmbedded(request.getPath())) {
            response.getHeaders().set("Cross-Origin-Resource-Policy", "cross-origin");
        }
        if (response.getContentType().filter(PageHeaders::isPage).isPresent()) {
            response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
            response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.COOKIE);
        }
        // An answer without a body yet may still be given a page by another filter.
        if (response.getContentType().map(PageHeaders::isPage).orElse(true)
                && !response.getHeaders().contains("Content-Security-Policy")) {
            String elsewhere = response.getAttribute(Pages.LEADS_TO, String.class)
                    .map(source -> " " + source)
                    .orElse("");
            response.header("Content-Security-Policy", policy + elsewhere);
            response.header("X-Frame-Options", "DENY");
            // Assistants ask in a window that they opened, and wait for it to come back to them.
            response.header(
                    "Cross-Origin-Opener-Policy", request.getPath().startsWith(OAUTH) ? "unsafe-none" : "same-origin");
            response.header("Permissions-Policy", NOTHING_OF_THE_DEVICE);
        }
        if (isSomebodysOwn(request.getPath())) {
            response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
            response.getHeaders().set("Referrer-Policy", "no-referrer");
            response.getHeaders().set("X-Robots-Tag", "noindex");
        }
    }

    private static boolean isPage(MediaType type) {
        return type.getName().equals(MediaType.TEXT_HTML);
    }

    /** Photos, and what pages are drawn with, are anybody's to show. */
    private static boolean mayBeEmbedded(String path) {
        return path.startsWith("/photos/") || path.startsWith("/assets/");
    }

    /** Addresses that carry a token, and pages that show what is only their reader's. */
    private static boolean isSomebodysOwn(String path) {
        return OWN.stream().anyMatch(path::startsWith);
    }

    /** Photos may be shown from a public bucket instead of from here. */
    private static String bucket(PhotoUrls photoUrls, BaseUrl baseUrl) {
        String url = photoUrls.urlOf("any");
        if (url.startsWith(baseUrl.resolve("/"))) {
            return "";
        }
        URI photo = URI.create(url);
        return " " + photo.getScheme() + "://" + photo.getAuthority();
    }
}
