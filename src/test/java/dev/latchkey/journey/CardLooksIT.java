package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.latchkey.journey.CardDrafts.card;
import static dev.latchkey.journey.CardDrafts.draft;
import static dev.latchkey.journey.CardDrafts.plain;
import static dev.latchkey.journey.CardDrafts.result;
import static dev.latchkey.journey.CardDrafts.save;
import static dev.latchkey.journey.CardDrafts.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import dev.latchkey.support.OtherClients;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the card looks: in both themes, from both sides, narrow and wide, with large text, in the host's own colours. */
@InBrowser
class CardLooksIT {
    @BeforeAll
    static void start() {
        OtherClients.assumeInstalled("node_modules/.bin/esbuild");
        LocalBrowser.CHROMIUM.browser();
    }

    @ParameterizedTest
    @CsvSource({
        "light, LIGHT, en, 420",
        "dark, DARK, en, 420",
        "light-rtl, LIGHT, ar, 420",
        "dark-rtl, DARK, ar, 420",
        "light-phone, LIGHT, en, 280",
        "dark-phone-rtl, DARK, ar, 280",
        "light-wide, LIGHT, de, 760"
    })
    void isReadableEverywhere(String name, ColorScheme scheme, String language, int width) {
        NewContextOptions options = plain().setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, 560);
        try (CardHost host = new CardHost(CardHost.card(), options)) {
            Frame card = host.show(Map.of("result", result(draft(language))));
            assertThat(card.locator("html")).hasAttribute("dir", language.equals("ar") ? "rtl" : "ltr");
            assertThat(card.locator("html")).hasAttribute("lang", language);
            assertThat(card.locator("html")).hasAttribute("data-theme", scheme == ColorScheme.DARK ? "dark" : "light");
            Axe.assertClean(card);
            host.assertFits();
            host.picture(name);
            card.locator("#list").evaluate("list => { list.scrollTop = list.scrollHeight; }");
            Axe.assertClean(card);
            host.picture(name + "-end");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {280, 420})
    void keepsItsButtonInSightWithTextTwiceAsLarge(int width) {
        String large = CardHost.card().replace("</style>", "html { font-size: 200% }</style>");
        try (CardHost host = new CardHost(large, plain().setViewportSize(width, 560))) {
            Frame card = host.show(Map.of("result", result(draft("de"))));
            host.assertFits();
            card.locator("input").all().forEach(Locator::uncheck);
            save(card).click();
            host.assertFits();
            Axe.assertClean(card);
            host.picture("large-" + width);
        }
    }

    @Test
    void followsTheHostsThemeAndChangesOfIt() {
        card(
                Map.of("context", Map.of("theme", "dark", "containerDimensions", Map.of("maxHeight", 300))),
                (host, card) -> {
                    assertThat(card.locator("html")).hasAttribute("data-theme", "dark");
                    assertThat(host.seen().path("heights"))
                            .allSatisfy(height -> assertThat(height.asInt()).isLessThanOrEqualTo(300));
                    host.page().evaluate("window.bridge.setHostContext({ theme: 'light' })");
                    assertThat(card.locator("html")).hasAttribute("data-theme", "light");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "'#202123', '#ececf1', '#b4b4b4', 'rgb(32, 33, 35)'",
        "'light-dark(#fff, #202123)', 'light-dark(#000, #ececf1)', '#b4b4b4', 'rgb(32, 33, 35)'",
        // Too faint, with a hole, in a space that is not compared, not a colour: the card's own.
        "'#202123', '#555555', '#b4b4b4', 'rgb(22, 30, 27)'",
        "'#202123', '#ececf1', '#444444', 'rgb(22, 30, 27)'",
        "'#808080', '#000000', '#000000', 'rgb(22, 30, 27)'",
        "'transparent', '#ececf1', '#b4b4b4', 'rgb(22, 30, 27)'",
        "'oklch(0.2 0.1 200)', '#ececf1', '#b4b4b4', 'rgb(22, 30, 27)'",
        "'url(http://evil.example/)', '#ececf1', '#b4b4b4', 'rgb(22, 30, 27)'"
    })
    void takesTheHostsColoursOnlyWhereTheyCanBeRead(String paper, String ink, String muted, String shown) {
        Map<String, Object> variables = Map.of(
                "--color-background-primary", paper,
                "--color-text-primary", ink,
                "--color-text-secondary", muted,
                "--color-border-primary", "#444");
        Map<String, Object> context = Map.of("theme", "dark", "styles", Map.of("variables", variables));
        card(Map.of("context", context), (host, card) -> {
            assertThat(card.locator("body")).hasCSS("background-color", shown);
            Axe.assertClean(card);
        });
    }

    @Test
    void saysInEnglishWhatItsTextsSay() {
        card(Map.of(), (host, card) -> assertThat(card.evaluate("FALLBACK")).isEqualTo(texts("")));
        card(Map.of("result", result(draft("de"))), (host, card) -> {
            assertThat(save(card)).hasText("5 Änderungen speichern");
            card.getByLabel("Foto").uncheck();
            assertThat(save(card)).hasText("4 Änderungen speichern");
        });
    }
}
