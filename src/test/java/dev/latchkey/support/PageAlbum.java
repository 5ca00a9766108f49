package dev.latchkey.support;

import dev.latchkey.text.Languages;
import dev.latchkey.text.Texts;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.io.Writable;
import io.micronaut.http.HttpRequest;
import io.micronaut.views.ViewsRenderer;
import io.micronaut.views.ViewsRendererLocator;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every page that any test sees, once for each state that it can be in, in every language: one file for each below
 * {@code target/pages}, for {@code EveryPageIT} to look at in a browser.
 */
@Singleton
@Requires(missingProperty = "pages.kept")
public final class PageAlbum implements BeanCreatedEventListener<ViewsRendererLocator> {
    public static final Path FOLDER = Path.of("target", "pages");

    /** When this test run began, whose JVMs add pages beside each other. */
    private static final Instant BEGAN =
            Instant.parse(System.getProperty("tests.began", Instant.now().toString()));

    private static final String FOLLOWED = Languages.class.getName() + ".followed";
    private static final Pattern WORDS = Pattern.compile(">[^<]*<|(?<!class|type)=\"[^\"]*\"");

    /** Files of one operator and photos in a bucket: whoever looks at the page later does not have them. */
    private static final Pattern ELSEWHERE = Pattern.compile("/assets/brand\\.|src=\"https:");

    /** Of all servers in this JVM. */
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    private static final AtomicBoolean TIDIED = new AtomicBoolean();

    private final Languages languages;

    PageAlbum(Languages languages) {
        this.languages = languages;
        if (TIDIED.compareAndSet(false, true)) {
            forgetEarlierRuns();
        }
    }

    @Override
    public ViewsRendererLocator onCreated(BeanCreatedEvent<ViewsRendererLocator> event) {
        return (view, type, model) ->
                event.getBean().resolveViewsRenderer(view, type, model).map(renderer -> new Keeping(renderer));
    }

    private final class Keeping implements ViewsRenderer<Object, HttpRequest<?>> {
        private final ViewsRenderer<Object, HttpRequest<?>> renderer;

        @SuppressWarnings("unchecked") // There is one renderer, and it takes anything.
        Keeping(ViewsRenderer<?, ?> renderer) {
            this.renderer = (ViewsRenderer<Object, HttpRequest<?>>) renderer;
        }

        @Override
        public Writable render(String view, @Nullable Object model, @Nullable HttpRequest<?> request) {
            String page = written(view, model, request);
            if (request != null
                    && !ELSEWHERE.matcher(page).find()
                    && SEEN.add(view + WORDS.matcher(page).replaceAll(""))) {
                String shape = shape(Jsoup.parse(page).body());
                if (SEEN.add(view + shape)) {
                    keep(view, shape, model, request);
                }
            }
            return out -> out.write(page);
        }

        @Override
        public boolean exists(String view) {
            return renderer.exists(view);
        }

        private String written(String view, @Nullable Object model, @Nullable HttpRequest<?> request) {
            StringWriter page = new StringWriter();
            try {
                renderer.render(view, model, request).writeTo(page);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return page.toString();
        }

        private void keep(String view, String shape, @Nullable Object model, HttpRequest<?> request) {
            Path state = FOLDER.resolve(
                    view.replace('/', '-') + "-" + UUID.nameUUIDFromBytes(shape.getBytes(StandardCharsets.UTF_8)));
            String before = request.getAttribute(FOLLOWED, String.class).orElse(null);
            try {
                Files.createDirectories(FOLDER);
                Files.createDirectory(state);
                for (Locale language : languages.spoken()) {
                    languages.follow(request, language.toLanguageTag());
                    Files.writeString(state.resolve(language.toLanguageTag() + ".html"), written(view, model, request));
                }
            } catch (FileAlreadyExistsException e) {
                // Another JVM has seen it, too.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                languages.follow(request, before);
            }
        }
    }

    /** What a page is made of, whatever it says: rows like the one before them count for nothing. */
    private static String shape(Element element) {
        StringBuilder shape = new StringBuilder(element.tagName())
                .append('.')
                .append(element.className())
                .append(element.attr("type"))
                .append(element.hasAttr("hidden") || element.hasAttr("aria-invalid") || element.hasAttr("checked"))
                .append('(');
        String previous = "";
        for (Element child : element.children()) {
            String own = shape(child);
            if (!own.equals(previous)) {
                shape.append(own);
            }
            previous = own;
        }
        return shape.append(')').toString();
    }

    private static void forgetEarlierRuns() {
        for (Path state : states()) {
            if (Instant.ofEpochMilli(state.toFile().lastModified()).isBefore(BEGAN)) {
                Folders.delete(state);
            }
        }
    }

    /** The states that are kept, each a folder with a file for each language. */
    public static List<Path> states() {
        if (!Files.isDirectory(FOLDER)) {
            return List.of();
        }
        try (var states = Files.list(FOLDER)) {
            return states.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a language is called in the names of files. */
    public static List<String> languages() {
        return new Texts("messages")
                .locales().stream().map(Locale::toLanguageTag).sorted().toList();
    }
}
