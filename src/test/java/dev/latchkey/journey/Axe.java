package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.latchkey.text.Resources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds pages against the rules of axe-core. */
final class Axe {
    private static final String RUN = Resources.text("axe-run.js");

    private Axe() {}

    static void assertClean(Page page) {
        assertNone(page, null);
    }

    /** In the dark it is the colours that differ. Leaves the page by day. */
    static void assertCleanByDayAndNight(Page page) {
        show(page, ColorScheme.LIGHT);
        assertClean(page);
        show(page, ColorScheme.DARK);
        assertNone(page, List.of("color-contrast"));
        show(page, ColorScheme.LIGHT);
    }

    /** With what is in its frames. */
    static void assertCleanWithin(Page page) {
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        assertThat(new AxeBuilder(page).options(options).analyze().getViolations())
                .as(page.url())
                .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " "
                        + rule.getNodes().stream().map(CheckedNode::getHtml).toList())
                .isEmpty();
    }

    private static void show(Page page, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    /** The library would send axe-core and take apart its whole answer for each look; it is sent once for each page here. */
    private static void assertNone(Page page, @Nullable List<String> rules) {
        if (!(boolean) page.evaluate("'axe' in window")) {
            page.evaluate(Resources.text("axe.min.js"));
        }
        assertThat((List<?>) page.evaluate(RUN, rules)).as(page.url()).isEmpty();
    }
}
