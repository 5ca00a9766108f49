package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form on a small screen, with large letters, and over a slow line. */
@InBrowser
class EditOnPhonesIT {
    private static final int HEIGHT = 844;

    private static final Map<String, String> DRAFT = Map.of(
            "name", "Augusta Ada King, Countess of Lovelace",
            "nickname", "countess_of_lovelace_1815",
            "bio", "I write programs for an engine of brass.",
            "locale", "de");

    /** What is in the focus lies wholly on the screen, and the bar with the button covers nothing of it. */
    private static final String IN_SIGHT = """
            () => {
              const focused = document.activeElement;
              const bar = document.querySelector(".save");
              const { top, bottom: end } = focused.getBoundingClientRect();
              // A browser shows the line that is typed in, of a field of many.
              const bottom = focused.matches("textarea") ? top + 44 : end;
              const above = bar.getBoundingClientRect();
              const covered = !bar.contains(focused) && bottom > above.top + 1 && top < above.bottom - 1;
              return top >= -1 && bottom <= innerHeight + 1 && !covered;
            }""";

    private static DevServer server;

    @BeforeAll
    static void start() {
        LocalBrowser.CHROMIUM.browser();
        server = DevServer.shared();
    }

    @Test
    void beginsWithTheForm() {
        visit("phone-first", phone(390), visit -> {
            Page page = open(visit, server.freshLink(server.residents.somebody()));
            BoundingBox first = page.locator("#photo").boundingBox();
            BoundingBox bar = page.locator(".save").boundingBox();
            assertThat(first.y + first.height).isLessThan(bar.y);
            assertThat(bar.y + bar.height).isLessThanOrEqualTo(HEIGHT);
            assertThat(page.locator(".more dl")).isHidden();
            page.locator(".more summary").click();
            assertThat(page.locator(".more dl")).isVisible();
            visit.picture("edit-phone-facts");
        });
        visit("desktop-facts", Visit.desktop(), visit -> {
            Page page = open(visit, server.freshLink(server.residents.somebody()));
            assertThat(page.locator(".more dl")).isVisible();
            assertThat(page.locator(".more summary")).isHidden();
        });
    }

    @Test
    void hidesNothingThatHasTheFocus() {
        visit("phone-focus", phone(390), visit -> {
            Page page = open(visit, server.freshLink(server.residents.somebody()));
            List<Object> stops = new ArrayList<>();
            while (!stops.contains("DONE") && stops.size() < 40) {
                page.keyboard().press("Tab");
                // Phones scroll on their own time.
                await().pollInSameThread()
                        .untilAsserted(() -> assertThat(page.evaluate(IN_SIGHT))
                                .as("in sight after %s", stops)
                                .isEqualTo(true));
                stops.add(page.evaluate("document.activeElement.closest('.foot, body > dialog') ? 'DONE'"
                        + " : document.activeElement.id || document.activeElement.textContent.trim()"));
            }
            assertThat(stops).contains("photo", "bio", "passphrase", "Save my profile", "DONE");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 320})
    void fitsWithLettersOfTwiceTheSize(int width) {
        visit("phone-large-" + width, phone(width), visit -> {
            String email = server.residents.somebody();
            Page page = open(visit, server.freshLink(email, DRAFT, Photos.portrait()));
            visit.assertFits();
            page.evaluate("document.documentElement.style.fontSize = '200%'");
            visit.assertFits();
            visit.button("Tick everything").click();
            page.locator(".own summary").first().click();
            visit.assertFits();
            visit.picture("edit-large-" + width);
        });
    }

    @Test
    void givesALongBioAllTheRoomWhereThereIsNoneYet() {
        visit("proposal-wide", Visit.desktop(), visit -> {
            Page page = open(visit, server.freshLink(server.residents.somebody(), DRAFT, Photos.portrait()));
            assertThat(page.locator("#proposed-bio").boundingBox().width)
                    .isGreaterThan(page.locator("#proposed-name").boundingBox().width * 1.5);
            visit.picture("proposal-wide");
        });
    }

    @Test
    void weighsLittle() {
        visit(
                "weight",
                Visit.desktop(),
                visit -> Weight.assertLight(open(visit, server.freshLink(server.residents.somebody()))));
        visit("weight-landing", Visit.desktop(), visit -> {
            List<String> urls = new ArrayList<>();
            visit.page().onRequest(request -> urls.add(request.url()));
            visit.page().navigate("/");
            assertThat(urls).noneMatch(url -> url.contains("/photo.js") || url.contains("/nickname.js"));
        });
    }

    @Test
    void saysWhileOneTypesWhetherANicknameIsFree() {
        visit("nickname", Visit.desktop(), visit -> {
            String taken = "taken_" + System.nanoTime();
            server.client.save(Map.of("token", server.freshToken(server.residents.somebody()), "nickname", taken));
            Page page = open(visit, server.freshLink(server.residents.somebody()));
            page.locator("#nickname").pressSequentially(taken);
            assertThat(page.locator("[data-checks]")).hasText("Somebody else has this nickname. Choose another one");
            page.locator("#nickname").press("Backspace");
            assertThat(page.locator("[data-checks]")).isEmpty();
            assertThat(page.locator("[data-checks]")).hasText("This nickname is free. It’s yours once you save.");
            assertThat(page.locator("[data-checks]")).hasAttribute("role", "status");
            Axe.assertClean(page);
            page.locator("#nickname").fill("9 lives");
            assertThat(page.locator("[data-checks]")).containsText("must start with a letter");
            page.locator("#nickname").fill("");
            assertThat(page.locator("[data-checks]")).isEmpty();
        });
    }

    @Test
    void saysWhichPassphraseIsShown() {
        visit("show", Visit.desktop(), visit -> {
            Page page = open(visit, server.freshLink(server.residents.somebody()));
            assertThat(page.locator("#passphrase-show")).hasAccessibleName("Show Set a passphrase");
            page.locator("#passphrase-show").click();
            assertThat(page.locator("#passphrase-show")).hasAccessibleName("Hide Set a passphrase");
            assertThat(page.locator("input[autocomplete=username]")).hasCount(1);
        });
    }

    private static NewContextOptions phone(int width) {
        return Visit.phone().setViewportSize(width, HEIGHT).setReducedMotion(ReducedMotion.REDUCE);
    }

    private static Page open(Visit visit, String link) {
        visit.page().navigate(link);
        assertThat(visit.page().locator("h1")).hasText("Your profile");
        return visit.page();
    }

    private static void visit(String name, NewContextOptions options, Visit.Doing doing) {
        Visit.on(server, name, options, doing);
    }
}
