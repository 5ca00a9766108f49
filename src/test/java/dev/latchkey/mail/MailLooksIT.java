package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How each mail looks, narrow and wide, light and dark, from left to right and from right to left. */
@InBrowser
class MailLooksIT {
    private static final Path PICTURES = Path.of("target", "screenshots", "mail");
    private static final MailComposer COMPOSER =
            SampleMails.composer(Map.of("latchkey.brand.name", "Aurora Books", "latchkey.brand.accent", "#7a3cff"));
    /** Mails have no landmarks: the reader around them has. */
    private static final List<String> NO_PAGE = List.of("region", "landmark-one-main", "page-has-heading-one");

    private static Page page;

    @BeforeAll
    static void open() {
        page = LocalBrowser.CHROMIUM.browser().newPage();
    }

    @AfterAll
    static void close() {
        page.close();
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.mail.SampleMails#kinds")
    @DisplayName("fits a phone of 320 pixels and a reader of 600, and is readable in both themes")
    void fitsAndCanBeRead(String kind) {
        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {320, 600}) {
                for (String language : List.of("en", "ar")) {
                    look(kind, Locale.forLanguageTag(language), width, theme);
                }
            }
        }
    }

    private static void look(String kind, Locale locale, int width, ColorScheme theme) {
        page.setViewportSize(width, 700);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
        page.setContent(SampleMails.html(SampleMails.write(COMPOSER, kind, locale)));
        String name = "%s-%s-%d-%s.png".formatted(kind.replace(' ', '-'), locale, width, theme.name());
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(PICTURES.resolve(name.toLowerCase(Locale.ROOT))));

        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as(name)
                .isEqualTo(width);
        assertThat(new AxeBuilder(page)
                        .setLegacyMode(true)
                        .disableRules(NO_PAGE)
                        .analyze()
                        .getViolations())
                .as(name)
                .extracting(Rule::getId)
                .isEmpty();
    }
}
