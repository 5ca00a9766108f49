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
import org.junit.jupiter.api.Assumptions;

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

    private static @Nullable Browser running;

    private Chromium() {}

    /**
     * The browser. Where there is none the calling test is skipped and says why; with {@code -Dbrowser.required=true}
     * it fails.
     */
    public static synchronized Browser browser() {
        if (running == null) {
            Path browser = needed(onPath("browser.path", BROWSERS), "Chromium (or -Dbrowser.path=...)");
            Path node = needed(onPath("playwright.nodejs.path", List.of("node")), "Node.js (for Playwright's driver)");
            running = start(browser, node);
        }
        return running;
    }

    private static Browser start(Path browser, Path node) {
        System.setProperty("playwright.nodejs.path", node.toString());
        Playwright playwright =
                Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        return playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(browser).setArgs(QUIET));
    }

    private static Path needed(Optional<Path> found, String what) {
        if (found.isEmpty()) {
            String reason = "Browser tests need " + what + " on the PATH; there is none.";
            if (Boolean.getBoolean("browser.required")) {
                throw new AssertionError(reason);
            }
            System.err.println("SKIPPED: " + reason);
            Assumptions.abort(reason);
        }
        return found.orElseThrow();
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
