package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import dev.latchkey.support.LocalBrowser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Somebody's browser, with nothing in it yet. When the visit ends, nothing may have gone wrong in any of its pages: no
 * error in the console, no breach of the content security policy, no request to anybody else.
 */
final class Visit implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** The empty style that the driver adds to a page in Firefox before each picture, and that our policy refuses. */
    private static final String PLAYWRIGHTS_OWN_STYLE = "'sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT+SmwNZWA='";

    private static final List<String> HARMLESS_SCHEMES = List.of("data:", "blob:", "about:");

    private final DevServer server;
    private final BrowserContext context;
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final List<String> elsewhere = new CopyOnWriteArrayList<>();
    private final Page page;

    private Visit(Browser browser, DevServer server, NewContextOptions options) {
        this.server = server;
        context = browser.newContext(options.setBaseURL(server.origin()));
        context.onRequest(request -> {
            String url = request.url();
            if (!url.startsWith(server.origin() + "/")
                    && HARMLESS_SCHEMES.stream().noneMatch(url::startsWith)
                    && elsewhere.stream().noneMatch(url::startsWith)) {
                troubles.add("request to " + url);
            }
        });
        context.onWebError(error -> {
            if (!error.error().contains(PLAYWRIGHTS_OWN_STYLE)) {
                troubles.add("script: " + error.error());
            }
        });
        context.onConsoleMessage(this::note);
        page = context.newPage();
    }

    /** What somebody does. Where it fails, the page is left as a picture, too. */
    @FunctionalInterface
    interface Doing {
        void with(Visit visit) throws IOException;
    }

    static void on(DevServer server, String name, NewContextOptions options, Doing doing) {
        on(LocalBrowser.CHROMIUM.browser(), server, name, options, doing);
    }

    static void on(Browser browser, DevServer server, String name, NewContextOptions options, Doing doing) {
        try (Visit visit = new Visit(browser, server, options)) {
            try {
                doing.with(visit);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (AssertionError | PlaywrightException e) {
                visit.picture("failed-" + name);
                throw e;
            }
        }
    }

    static NewContextOptions desktop() {
        return new NewContextOptions().setViewportSize(1280, 800).setLocale("en-GB");
    }

    static NewContextOptions phone() {
        return new NewContextOptions()
                .setViewportSize(375, 667)
                .setDeviceScaleFactor(2)
                .setIsMobile(true)
                .setHasTouch(true)
                .setLocale("en-GB");
    }

    static NewContextOptions dark(NewContextOptions options) {
        return options.setColorScheme(ColorScheme.DARK);
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** Lets the visit lead to somebody else, where there is a page without anything. */
    void mayLeadTo(String address) {
        elsewhere.add(address);
        context.route(
                url -> url.startsWith(address),
                route -> route.fulfill(new FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<!DOCTYPE html><html lang=\"en\"><title>Elsewhere</title></html>")));
    }

    /** The field with this label. */
    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** The whole page as a picture under {@code target/screenshots}. */
    Path picture(String name) {
        Path file = SCREENSHOTS.resolve(name + ".png");
        page.screenshot(
                new ScreenshotOptions().setPath(file).setFullPage(true).setAnimations(ScreenshotAnimations.DISABLED));
        return file;
    }

    /** Nothing sticks out at the side. */
    void assertFits() {
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels beyond the edge of " + page.url())
                .isEqualTo(0);
    }

    /** Chromium reports each page whose status is not 2xx; those pages are what the tests ask for. */
    private void note(ConsoleMessage message) {
        boolean ownStatus =
                message.text().startsWith("Failed to load resource: the server responded with a status of 4")
                        && message.location().startsWith(server.origin() + "/")
                        && !message.location().contains("/assets/");
        if (List.of("error", "warning").contains(message.type()) && !ownStatus) {
            troubles.add(message.type() + ": " + message.text() + " at " + message.location());
        }
    }

    @Override
    public void close() {
        context.close();
        assertThat(troubles).isEmpty();
    }
}
