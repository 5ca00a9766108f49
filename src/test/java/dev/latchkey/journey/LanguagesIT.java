package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import dev.latchkey.text.Resources;
import dev.latchkey.text.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The way of one change in every language there are texts in: nothing for axe to complain about by day and by night, no
 * text longer than its place on the narrowest phone and on a desktop, and a picture of each page below
 * {@code target/screenshots/<language>}.
 */
@InBrowser
class LanguagesIT {
    private static final int NARROW = 320;
    private static final int WIDE = 1280;
    private static final int HEIGHT = 800;
    private static final String TOO_LONG = Resources.text("too-long.js");
    private static final Map<String, String> PROPOSAL =
            Map.of("bio", "I like tea and long walks.", "name", "Ada Lovelace", "locale", "en");

    private static DevServer server;

    @BeforeAll
    static void start() {
        LocalBrowser.CHROMIUM.browser();
        server = DevServer.shared();
    }

    static Stream<Locale> languages() {
        return new Texts("messages").locales().stream().sorted(Comparator.comparing(Locale::toLanguageTag));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void fitsItsPlaceAndIsForEverybody(Locale language) {
        String tag = language.toLanguageTag();
        String email = server.residents.speaking(tag);
        // Colours must not be on their way to the night's when they are looked at.
        NewContextOptions still = Visit.desktop().setLocale(tag).setReducedMotion(ReducedMotion.REDUCE);
        Visit.on(server, "language-" + tag, still, visit -> {
            Page page = visit.page();
            page.navigate("/");
            look(visit, language, "landing");
            page.locator("form[action='/link'] button").click();
            assertThat(page.locator("[role=alert]")).isVisible();
            look(visit, language, "landing-error");
            page.locator("#identifier").fill(email);
            page.locator("form[action='/link'] button").click();
            assertThat(page.locator(".phrase")).isVisible();
            look(visit, language, "link-sent");

            String link = server.freshLink(email, PROPOSAL, Photos.portrait());
            page.navigate(link);
            look(visit, language, "edit");
            page.locator("#nickname").fill("1");
            page.locator("#passphrase").fill("short");
            save(page);
            assertThat(page.locator("[role=alert]")).isVisible();
            look(visit, language, "edit-errors");
            page.locator("#nickname").fill("");
            page.locator("#passphrase").fill("");
            page.locator("#accept-bio").check();
            save(page);
            assertThat(page.locator(".changed")).isVisible();
            look(visit, language, "saved");
            page.navigate("/account");
            look(visit, language, "account");
            page.navigate("/account/history");
            look(visit, language, "history");
            page.navigate(link);
            look(visit, language, "link-used");
            page.navigate("/problems/too-many-requests");
            look(visit, language, "problem");
        });
    }

    private static void save(Page page) {
        page.locator("form[enctype] button[data-busy]").click();
    }

    /** At both widths and by both lights; only colours can differ between those, so at night they alone are looked at. */
    private static void look(Visit visit, Locale language, String name) {
        Page page = visit.page();
        assertThat(page.evaluate("document.documentElement.lang")).isEqualTo(language.toLanguageTag());
        visit.picture(language.toLanguageTag() + "/" + name);
        Axe.assertClean(page);
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        Axe.assertReadable(page);
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertNothingIsTooLong(page, WIDE);
        assertNothingIsTooLong(page, NARROW);
        visit.picture(language.toLanguageTag() + "/" + name + "-phone");
        page.setViewportSize(WIDE, HEIGHT);
    }

    private static void assertNothingIsTooLong(Page page, int width) {
        page.setViewportSize(width, HEIGHT);
        assertThat((List<?>) page.evaluate(TOO_LONG))
                .as("texts longer than their place, at " + width + " pixels, on " + page.url())
                .isEmpty();
    }
}
