package dev.latchkey.support;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Chromium of this machine, started once for a whole test run. Nothing is downloaded: Playwright's driver comes
 * from Maven and runs on the Node of this machine.
 */
public final class Chromium {
    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome");
    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static final String NODE = "playwright.nodejs.path";

    private static @Nullable Browser running;

    private Chromium() {}

    /** The browser; fails where there is none. */
    public static synchronized Browser browser() {
        if (running == null) {
            Optional<String> missing = missing();
            if (missing.isPresent()) {
                throw new AssertionError(missing.get());
            }
            running = start(findBrowser().orElseThrow(), findNode().orElseThrow());
        }
        return running;
    }

    /** What a browser test needs and this machine has not, in words. */
    static Optional<String> missing() {
        if (findBrowser().isEmpty()) {
            return Optional.of("Browser tests need Chromium on the PATH (or -Dbrowser.path=...); there is none.");
        }
        return findNode().isEmpty()
                ? Optional.of("Browser tests need Node.js on the PATH, for Playwright's driver; there is none.")
                : Optional.empty();
    }

    private static Browser start(Path browser, Path node) {
        System.setProperty(NODE, node.toString());
        Playwright playwright =
                Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        return playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(browser).setArgs(QUIET));
    }

    private static Optional<Path> findBrowser() {
        return onPath("browser.path", BROWSERS);
    }

    private static Optional<Path> findNode() {
        return onPath(NODE, List.of("node"));
    }

    private static Optional<Path> onPath(String property, List<String> names) {
        Stream<Path> candidates = Optional.ofNullable(System.getProperty(property))
                .map(path -> Stream.of(Path.of(path)))
                .orElseGet(() -> names.stream()
                        .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(folder -> Path.of(folder, name))));
        return candidates.filter(Files::isExecutable).findFirst();
    }
}
