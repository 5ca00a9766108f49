package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import dev.latchkey.support.LocalBrowser;
import dev.latchkey.support.OtherClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A chat in a browser that shows the card: the host bridge of MCP Apps, and the sandbox with the policy that its
 * specification has for a resource without any domains. Nothing else can be reached; whoever asks for it is noted, and
 * so is each error.
 */
final class CardHost implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String HOST = "http://chat.example/";
    private static final String CARD = "http://card.example/";

    /** Less than the specification's own: not even the sandbox's origin. */
    private static final String POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
            + " img-src data:; connect-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'";

    private static final String CHAT = """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Chat</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>body { margin: 0 } iframe { display: block; inline-size: 100%; block-size: 150px; border: 0 }</style>
            <script src="/host.js"></script></head><body></body></html>""";

    private static byte @Nullable [] bridge;

    private final BrowserContext context;
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final Page page;

    CardHost(String card, NewContextOptions options) {
        byte[] bridge = bridge();
        context = LocalBrowser.CHROMIUM.browser().newContext(options);
        context.route("**/*", route -> {
            String url = route.request().url();
            switch (url) {
                case HOST -> fulfil(route, "text/html", CHAT.getBytes(StandardCharsets.UTF_8));
                case HOST + "host.js" -> fulfil(route, "text/javascript", bridge);
                case CARD ->
                    route.fulfill(new FulfillOptions()
                            .setContentType("text/html")
                            .setHeaders(Map.of("Content-Type", "text/html", "Content-Security-Policy", POLICY))
                            .setBody(card));
                default -> {
                    if (url.startsWith("data:")) {
                        route.resume();
                        return;
                    }
                    troubles.add("request to " + url);
                    route.abort();
                }
            }
        });
        context.onWebError(error -> troubles.add("script: " + error.error()));
        context.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                troubles.add(message.type() + ": " + message.text());
            }
        });
        page = context.newPage();
        page.clock().install();
        page.navigate(HOST);
    }

    /** The card as it is in the sources. */
    static String card() {
        try {
            return Files.readString(Path.of("src/main/resources/mcp/card.html"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows the card; the options are those of {@code show} in {@code card-host.mjs}. */
    Frame show(Map<String, ?> options) {
        page.evaluate("options => window.show({ card: '" + CARD + "', ...JSON.parse(options) })", write(options));
        page.waitForCondition(() -> page.frames().size() == 2
                && page.frames().get(1).locator("#save, #status:not(:empty)").count() > 0);
        return page.frames().get(1);
    }

    /** Who answers the calls of tools, message by message, where {@code show} got no answers. */
    void answersBy(UnaryOperator<String> answering) {
        page.exposeFunction("callTool", arguments -> answering.apply((String) arguments[0]));
    }

    /** What the card did so far, as {@code window.seen} in {@code card-host.mjs}. */
    JsonNode seen() {
        try {
            return JSON.readTree((String) page.evaluate("() => JSON.stringify(window.seen)"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The calls of tools, in order. */
    JsonNode calls() {
        return seen().path("calls");
    }

    Page page() {
        return page;
    }

    /** The frame stays low, nothing in it sticks out at its side, and its button, where there is one, is in sight. */
    void assertFits() {
        Frame card = page.frames().get(1);
        page.waitForCondition(() -> !seen().path("heights").isEmpty());
        assertThat(seen().path("heights"))
                .isNotEmpty()
                .allSatisfy(height -> assertThat(height.asInt()).isBetween(1, 500));
        // The host gives it its height a moment after it asked.
        page.waitForCondition(() -> card.evaluate("document.documentElement.scrollHeight <= innerHeight")
                .equals(true));
        assertThat(card.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isEqualTo(0);
        page.waitForCondition(() -> card.evaluate("""
                (() => {
                  const button = document.getElementById('save');
                  if (button.hidden) return true;
                  const place = button.getBoundingClientRect();
                  return place.top >= 0 && place.bottom <= innerHeight && place.height >= 24;
                })()""").equals(true));
    }

    void picture(String name) {
        page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve("card-" + name + ".png")));
    }

    private static synchronized byte[] bridge() {
        if (bridge == null) {
            bridge = bundled();
        }
        return bridge;
    }

    private static byte[] bundled() {
        try {
            Path bundle = Files.createTempFile("card-host", ".js");
            OtherClients.run(
                    OtherClients.FOLDER,
                    "node_modules/.bin/esbuild",
                    "card-host.mjs",
                    "--bundle",
                    "--minify",
                    "--log-level=error",
                    "--outfile=" + bundle);
            byte[] script = Files.readAllBytes(bundle);
            Files.delete(bundle);
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fulfil(Route route, String type, byte[] body) {
        route.fulfill(new FulfillOptions().setContentType(type).setBodyBytes(body));
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        assertThat(troubles).isEmpty();
    }
}
