package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;

/** How much somebody transfers who opens a page for the first time, photos apart. */
final class Weight {
    private static final int MOST_BYTES = 25 * 1024;
    private static final String SIZES = """
            type => performance.getEntriesByType(type)
              .filter(({ name }) => !name.endsWith('.jpg'))
              .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)""";

    private Weight() {}

    static void assertLight(Page page) {
        assertLight(page, sizes(page, "navigation"));
    }

    /** The same of a page that came from elsewhere than its parts. */
    static void assertLight(Page page, int document) {
        int parts = sizes(page, "resource");
        assertThat(parts).as("bytes of what %s needs", page.url()).isPositive();
        assertThat(document + parts)
                .as("bytes of %s: %d, and of what it needs: %d", page.url(), document, parts)
                .isLessThanOrEqualTo(MOST_BYTES);
    }

    private static int sizes(Page page, String type) {
        return ((Number) page.evaluate(SIZES, type)).intValue();
    }
}
