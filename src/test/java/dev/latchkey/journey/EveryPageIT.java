package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ReducedMotion;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import dev.latchkey.support.PageAlbum;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Every page that any test has seen, in every state it was in: nothing for axe to complain about by day and by night,
 * nothing longer than its place, nothing heavier than it may be, and no place that was not filled in. Each is looked at in
 * one language, so that all have their turn; in all twelve with {@code -Dpages.all=true}, which takes half an hour.
 */
@InBrowser
final class EveryPageIT {
    /** Of a value, or of the operator's name; no number of repetitions in a pattern. */
    private static final String PLACE = "(?<![\\])\\w])\\{(\\d|brand)[,}]";

    /** All that a page says; what is folded away is looked at, too. */
    private static final String SAID_WHEN_OPEN = """
            () => {
              document.querySelectorAll("details").forEach((part) => (part.open = true));
              return document.title + document.body.innerText;
            }""";

    private static final boolean IN_ALL = Boolean.getBoolean("pages.all");

    /** Where the server has no page of its own. */
    private static final String KEPT = "/kept/";

    private static final String EMPTY = "<!DOCTYPE html><html lang=\"en\"><title>A mail</title></html>";

    @Test
    @DisplayName("Every state of every page is for everybody, by day and by night")
    void isForEverybody() {
        List<Path> states = PageAlbum.states();
        Assumptions.assumeFalse(states.isEmpty(), "No page was kept: run the unit tests first.");
        LocalBrowser.CHROMIUM.browser();
        List<String> languages = PageAlbum.languages();
        List<String> findings = new ArrayList<>();
        Visit.on(DevServer.shared(), "every-page", Visit.desktop().setReducedMotion(ReducedMotion.REDUCE), visit -> {
            Axe.comeAlong(visit.page());
            visit.page().route(Pattern.compile(KEPT), EveryPageIT::show);
            // Mails within pages of the inbox: MailLooksIT looks at those.
            visit.page().route(Pattern.compile("/dev/inbox/[^/]+/html"), EveryPageIT::showNothing);
            for (int i = 0; i < states.size(); i++) {
                for (String language : IN_ALL ? languages : List.of(languages.get(i % languages.size()))) {
                    look(visit, states.get(i), language, findings);
                }
            }
        });
        assertThat(findings).isEmpty();
    }

    private static void show(Route route) {
        String url = route.request().url();
        Path file = PageAlbum.FOLDER.resolve(url.substring(url.indexOf(KEPT) + KEPT.length()));
        route.fulfill(new Route.FulfillOptions().setPath(file).setContentType("text/html;charset=utf-8"));
    }

    private static void showNothing(Route route) {
        route.fulfill(new Route.FulfillOptions().setBody(EMPTY).setContentType("text/html;charset=utf-8"));
    }

    /** So many bytes as a server sends of it. */
    private static int compressed(Path file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            Files.copy(file, gzip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.size();
    }

    private static void look(Visit visit, Path state, String language, List<String> findings) {
        Page page = visit.page();
        Path file = state.resolve(language + ".html");
        page.navigate(KEPT + PageAlbum.FOLDER.relativize(file));
        try {
            Weight.assertLight(page, compressed(file));
            assertThat((String) page.evaluate(SAID_WHEN_OPEN)).doesNotContainPattern(PLACE);
            Axe.assertCleanByDayAndNight(page);
            Places.assertNothingIsTooLong(page);
        } catch (AssertionError e) {
            findings.add(file + ": " + e.getMessage());
        }
    }
}
