package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.latchkey.text.Resources;
import java.util.List;

/** Whether what a page says fits where it says it, on the narrowest phone and on a desktop. */
final class Places {
    private static final int NARROW = 320;
    private static final int WIDE = 1280;
    private static final int HEIGHT = 800;
    private static final String TOO_LONG = Resources.text("too-long.js");

    private Places() {}

    /** Leaves the page as wide as on a desktop. */
    static void assertNothingIsTooLong(Page page) {
        for (int width : new int[] {NARROW, WIDE}) {
            page.setViewportSize(width, HEIGHT);
            assertThat((List<?>) page.evaluate(TOO_LONG))
                    .as("texts longer than their place, at " + width + " pixels, on " + page.url())
                    .isEmpty();
        }
    }
}
