package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A draft from the chat, as people meet it: now and proposed for each field, and a box to take it. */
@InBrowser
class ProposalIT {
    private static final Map<String, String> DRAFT = Map.of(
            "name", "Ada King",
            "nickname", "ada_king",
            "bio", "I build bridges, and tunnels where bridges will not do.\n\nNow in Bristol.",
            "locale", "de");

    private static DevServer server;

    @BeforeAll
    static void start() {
        LocalBrowser.CHROMIUM.browser();
        server = DevServer.shared();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, desktop", "LIGHT, phone", "DARK, desktop", "DARK, phone"})
    void isReadableByEverybody(ColorScheme scheme, String device) {
        NewContextOptions options = device.equals("phone") ? Visit.phone() : Visit.desktop();
        String name = "proposal-" + device + "-" + scheme.name().toLowerCase(Locale.ROOT);
        visit(name, options.setColorScheme(scheme), visit -> {
            Page page = open(visit, somebody("en"), DRAFT);
            assertThat(page.locator(".proposal")).hasCount(5);
            Axe.assertClean(page);
            visit.assertFits();
            visit.picture(name);
            visit.button("Tick everything").click();
            assertThat(page.locator(".take input:checked")).hasCount(5);
            for (int i = 0; i < 5; i++) {
                page.locator(".own summary").nth(i).click();
            }
            Axe.assertClean(page);
            visit.assertFits();
            visit.picture(name + "-open");
            page.locator("#proposed-nickname").fill("9 lives");
            page.locator("#proposed-bio").fill("x".repeat(2001));
            visit.button("Save 5 of 5 proposals").click();
            assertThat(page.locator("[role=alert]")).isVisible();
            Axe.assertClean(page);
            visit.picture(name + "-errors");
            page.locator("[role=alert] a").first().click();
            assertThat(page.locator("#proposed-nickname")).isFocused();
        });
    }

    @Test
    void isTakenEditedOrDroppedFieldByFieldWithoutScript() {
        String email = somebody("en");
        visit("proposal-no-script", Visit.desktop().setJavaScriptEnabled(false), visit -> {
            Page page = open(visit, email, DRAFT);
            assertThat(visit.button("Tick everything")).isHidden();
            visit.picture("proposal-no-script");
            page.locator("#accept-photo").check();
            page.locator("#proposed-bio").fill("Bridges only.");
            page.locator("#accept-bio").check();
            page.locator("#proposed-name").fill("Dropped all the same");
            page.locator(".own:has(#nickname) summary").click();
            page.locator("#nickname").fill("not_ada_king");
            visit.button("Save my profile").click();
            assertThat(page.locator(".changed li")).hasText(new String[] {"Bio", "Nickname", "Photo"});
            assertThat(page.locator(".dropped li")).hasText(new String[] {"Language", "Name"});
            visit.picture("proposal-saved");
        });
        Answer now = server.client.load(server.freshToken(email));
        assertThat(List.of("bio", "name", "nickname", "locale"))
                .extracting(now::text)
                .containsExactly("Bridges only.", "Ada Lovelace", "not_ada_king", "en");
    }

    @Test
    void ticksWhatIsEditedWhereThereIsScript() {
        visit("proposal-ticks", Visit.desktop(), visit -> {
            Page page = open(visit, somebody("en"), DRAFT);
            assertThat(page.locator("#accept-bio")).not().isChecked();
            assertThat(visit.button("Save my profile")).isVisible();
            assertThat(page.locator("#bio-difference ins")).not().hasCount(0);
            page.locator("#proposed-bio").fill("Bridges only.");
            assertThat(page.locator("#accept-bio")).isChecked();
            assertThat(page.locator("#bio-difference")).isHidden();
            assertThat(visit.button("Save 1 of 5 proposals")).isVisible();
            page.locator(".own:has(#bio) summary").click();
            page.locator("#bio").fill("Neither, this.");
            assertThat(page.locator("#accept-bio")).not().isChecked();
            assertThat(visit.button("Save my profile")).isVisible();
            page.locator("#accept-locale").check();
            page.locator("#accept-name").check();
            page.locator("#accept-name").uncheck();
            visit.button("Save 1 of 5 proposals").click();
            // The page is in the language that was saved.
            assertThat(page.locator(".changed li")).hasText(new String[] {"Bio", "Sprache"});
        });
    }

    @Test
    void asksNothingAboutWhatIsStoredAlready() {
        String email = somebody("en");
        Map<String, String> same = Map.of("name", "Ada Lovelace", "locale", "en", "bio", "Something new");
        visit("proposal-same", Visit.desktop(), visit -> {
            Page page = open(visit, email, same);
            assertThat(page.locator(".proposal")).hasCount(2);
            assertThat(page.getByText("Your assistant proposed exactly what is stored already."))
                    .hasCount(2);
            assertThat(visit.field("Name")).hasValue("Ada Lovelace");
            Axe.assertClean(page);
            visit.picture("proposal-same");
        });
    }

    @Test
    @Asvs({"1.2.1", "3.2.2"})
    void showsLongTextsAndMarkupAsTheyAre() {
        String markup = "<img src=x onerror=alert(1)>&amp;<b>bold</b> ";
        String email = server.residents.somebody();
        server.residents.wrote(email, "Long", unique(), "Word after word after word. ".repeat(70), "en");
        Map<String, String> draft =
                Map.of("name", "<script>alert(1)</script>", "bio", markup + "Unbreakable".repeat(150));
        visit("proposal-long", Visit.phone(), visit -> {
            Page page = open(visit, email, draft);
            assertThat(page.locator("#proposed-name")).hasValue("<script>alert(1)</script>");
            assertThat(page.locator("#proposed-bio")).hasValue(markup.strip() + " " + "Unbreakable".repeat(150));
            Axe.assertClean(page);
            visit.assertFits();
            visit.picture("proposal-long");
        });
    }

    @ParameterizedTest
    @CsvSource({"desktop", "phone"})
    void mirrorsForLanguagesThatRunFromRightToLeft(String device) {
        NewContextOptions options = device.equals("phone") ? Visit.phone() : Visit.desktop();
        visit("proposal-rtl-" + device, options, visit -> {
            Page page = open(visit, somebody("ar"), DRAFT);
            assertThat(page.locator("html")).hasAttribute("dir", "rtl");
            assertThat(page.locator("main")).not().containsText("Proposed");
            Axe.assertClean(page);
            visit.assertFits();
            visit.picture("proposal-rtl-" + device);
        });
    }

    private static String somebody(String locale) {
        String email = server.residents.somebody();
        server.residents.wrote(
                email, "Ada Lovelace", unique(), "I write programs for an engine that does not exist yet.", locale);
        return email;
    }

    private static String unique() {
        return "ada" + System.nanoTime();
    }

    private static Page open(Visit visit, String email, Map<String, String> draft) {
        visit.page().navigate(server.freshLink(email, draft, Photos.portrait()));
        return visit.page();
    }

    private static void visit(String name, NewContextOptions options, Visit.Doing doing) {
        Visit.on(server, name, options, doing);
    }
}
