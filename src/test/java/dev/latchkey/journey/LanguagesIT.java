package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import dev.latchkey.text.Texts;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The way of one change in every language there are texts in: no page heavier than it may be, no text longer than its place on
 * the narrowest phone and on a desktop, and pictures below {@code target/screenshots/<language>}.
 */
@InBrowser
class LanguagesIT {
    private static final Set<String> PICTURED = Set.of("landing", "link-sent", "edit", "edit-errors", "saved");
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
    void fitsItsPlace(Locale language) {
        String tag = language.toLanguageTag();
        String email = server.residents.speaking(tag);
        Visit.on(server, "language-" + tag, Visit.desktop().setLocale(tag), visit -> {
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

    private static void look(Visit visit, Locale language, String name) {
        Page page = visit.page();
        assertThat(page.evaluate("document.documentElement.lang")).isEqualTo(language.toLanguageTag());
        Weight.assertLight(page);
        Places.assertNothingIsTooLong(page);
        if (PICTURED.contains(name)) {
            visit.picture(language.toLanguageTag() + "/" + name);
        }
    }
}
