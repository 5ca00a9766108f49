package dev.latchkey.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.views.ViewsRenderer;
import io.micronaut.views.ViewsRendererLocator;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes pages of views: each shows its own model, and what the frame of every page shows. */
@Singleton
public final class Views {
    private final ViewsRendererLocator renderers;
    private final List<Frame> frames;

    Views(ViewsRendererLocator renderers, List<Frame> frames) {
        this.renderers = renderers;
        this.frames = frames;
    }

    /** What the frame of every page shows, be it an answer or a refusal. */
    public interface Frame {
        /** Adds its values to those of a page; the request may be one that could not be understood. */
        void add(HttpRequest<?> request, Map<String, Object> model);
    }

    /**
     * The page that answers a request, in UTF-8. Written whole before anything of it is sent, so that a template that fails
     * is a refusal and not a connection that stays silent.
     */
    @SuppressWarnings("unchecked") // Thymeleaf's renderer takes any model with any request.
    public byte[] render(HttpRequest<?> request, String view, Map<String, ?> own) {
        Map<String, Object> model = new HashMap<>(own);
        frames.forEach(frame -> frame.add(request, model));
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
