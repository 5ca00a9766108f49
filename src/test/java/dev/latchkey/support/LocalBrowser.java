package dev.latchkey.support;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
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
 * A browser of this machine, started once for a whole test run. Nothing is downloaded: Playwright's driver comes from
 * Maven and runs on the Node of this machine.
 */
public enum LocalBrowser {
    CHROMIUM("Chromium", "browser", List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")),
    /** As it is installed, spoken to in WebDriver BiDi. */
    FIREFOX("Firefox", "firefox", List.of("firefox-esr", "firefox"));

    private static final String NODE = "playwright.nodejs.path";
    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static @Nullable Playwright playwright;

    private final String label;
    private final String property;
    private final List<String> programs;
    private @Nullable Browser running;

    LocalBrowser(String label, String property, List<String> programs) {
        this.label = label;
        this.property = property;
        this.programs = programs;
    }

    /** The browser; fails where there is none. */
    public synchronized Browser browser() {
        if (running == null) {
            running = start(Map.of());
        }
        return running;
    }

    /** Another process of the same browser, with preferences of its own where it knows any; to be closed. */
    public Browser start(Map<String, Object> preferences) {
        missing().ifPresent(reason -> {
            throw new AssertionError(reason);
        });
        LaunchOptions options =
                new LaunchOptions().setExecutablePath(findBrowser().orElseThrow());
        BrowserType type;
        if (this == CHROMIUM) {
            type = playwright().chromium();
            options.setArgs(QUIET);
        } else {
            type = playwright().firefox();
            options.setChannel("moz-firefox").setFirefoxUserPrefs(preferences);
        }
        return type.launch(options);
    }

    /** Whether a run without this browser is to fail, by {@code -Dbrowser.required} and {@code -Dfirefox.required}. */
    boolean isRequired() {
        return Boolean.getBoolean(property + ".required");
    }

    /** What a test in this browser needs and this machine has not, in words. */
    Optional<String> missing() {
        if (findBrowser().isEmpty()) {
            return Optional.of(
                    "These tests need %s on the PATH (or -D%s.path=...); there is none.".formatted(label, property));
        }
        return onPath(NODE, List.of("node")).isEmpty()
                ? Optional.of("Browser tests need Node.js on the PATH, for Playwright's driver; there is none.")
                : Optional.empty();
    }

    private static synchronized Playwright playwright() {
        if (playwright == null) {
            System.setProperty(NODE, onPath(NODE, List.of("node")).orElseThrow().toString());
            playwright = Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }
        return playwright;
    }

    /** Where it lies; for those who start it themselves. */
    public Path path() {
        return findBrowser().orElseThrow();
    }

    private Optional<Path> findBrowser() {
        return onPath(property + ".path", programs);
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
