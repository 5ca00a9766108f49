package dev.latchkey.http;

import io.micronaut.core.util.clhm.ConcurrentLinkedHashMap;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import io.micronaut.views.ViewsRenderer;
import io.micronaut.views.ViewsRendererLocator;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes pages of views: each shows its own model, and what the frame of every page shows. */
@Singleton
public final class Views {
    private static final int MOST_KEPT_BYTES = 2 << 20;

    private final ViewsRendererLocator renderers;
    private final HttpLocaleResolver languages;
    private final List<Frame> frames;

    /** Pages for everybody, by all that they show, so that none is ever out of date. */
    private final Map<Shown, byte[]> kept = new ConcurrentLinkedHashMap.Builder<Shown, byte[]>()
            .weigher((byte[] page) -> page.length)
            .maximumWeightedCapacity(MOST_KEPT_BYTES)
            .build();

    Views(ViewsRendererLocator renderers, HttpLocaleResolver languages, List<Frame> frames) {
        this.renderers = renderers;
        this.languages = languages;
        this.frames = frames;
    }

    private record Shown(String view, Locale language, Map<String, ?> model) {}

    /** What the frame of every page shows, be it an answer or a refusal. */
    public interface Frame {
        /** Adds its values to those of a page; the request may be one that could not be understood. */
        void add(HttpRequest<?> request, Map<String, Object> model);
    }

    /**
     * The page that answers a request, in UTF-8. Written whole before anything of it is sent, so that a template that fails
     * is a refusal and not a connection that stays silent.
     */
    public byte[] render(HttpRequest<?> request, String view, Map<String, ?> own) {
        return write(request, view, framed(request, own));
    }

    /**
     * The same for a page that holds nothing of anybody's: it is written once for all who would see the same, unless 2 MiB of
     * others were asked for since.
     */
    public byte[] renderForAll(HttpRequest<?> request, String view, Map<String, ?> own) {
        Map<String, Object> model = framed(request, own);
        return kept.computeIfAbsent(
                new Shown(view, languages.resolveOrDefault(request), model), shown -> write(request, view, model));
    }

    private Map<String, Object> framed(HttpRequest<?> request, Map<String, ?> own) {
        Map<String, Object> model = new HashMap<>(own);
        frames.forEach(frame -> frame.add(request, model));
        return model;
    }

    @SuppressWarnings("unchecked") // Thymeleaf's renderer takes any model with any request.
    private byte[] write(HttpRequest<?> request, String view, Map<String, Object> model) {
        ViewsRenderer<Object, HttpRequest<?>> renderer = (ViewsRenderer<Object, HttpRequest<?>>)
                renderers.resolveViewsRenderer(view, MediaType.TEXT_HTML, model).orElseThrow();
        StringWriter page = new StringWriter();
        try {
            renderer.render(view, model, request).writeTo(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }
}
