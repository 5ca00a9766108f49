package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.latchkey.text.Resources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds pages against the rules of axe-core. */
final class Axe {
    private static final String AXE = Resources.text("axe.min.js");
    private static final String RUN = Resources.text("axe-run.js");

    private Axe() {}

    /** It is sent to the browser once, for all that this page will show. */
    static void comeAlong(Page page) {
        page.addInitScript(AXE);
    }

    static void assertClean(Page page) {
        assertClean(page.mainFrame());
    }

    /** In the dark it is the colours that differ. Leaves the page by day. */
    static void assertCleanByDayAndNight(Page page) {
        show(page, ColorScheme.LIGHT);
        assertClean(page);
        show(page, ColorScheme.DARK);
        assertNone(page.mainFrame(), List.of("color-contrast"));
        show(page, ColorScheme.LIGHT);
    }

    /** What is in a frame, as if it were a page. */
    static void assertClean(Frame frame) {
        assertNone(frame, null);
    }

    private static void show(Page page, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    /** The library would send axe-core and take apart its whole answer for each look; it is sent once here. */
    private static void assertNone(Frame frame, @Nullable List<String> rules) {
        if (!(boolean) frame.evaluate("'axe' in window")) {
            frame.evaluate(AXE);
        }
        assertThat((List<?>) frame.evaluate(RUN, rules)).as(frame.url()).isEmpty();
    }
}
