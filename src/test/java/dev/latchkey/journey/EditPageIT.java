package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.FilePayload;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the form does for the person in front of it. */
@InBrowser
class EditPageIT {
    private static final String ADA = "ada@example.com";

    private static DevServer server;

    @BeforeAll
    static void start() {
        LocalBrowser.CHROMIUM.browser();
        server = DevServer.shared();
    }

    @Test
    void keepsWhatWasTypedAndLeadsToTheFirstMistake() {
        visit("invalid", Visit.desktop(), visit -> {
            Page page = open(visit, server.residents.somebody());
            page.locator("#nickname").fill("9 lives");
            page.locator("#bio").fill("  Kept, even <b>this</b> & that.");
            page.locator("#passphrase").fill("1234567");
            Response answer = page.waitForResponse(
                    response -> response.request().isNavigationRequest(),
                    () -> visit.button("Save my profile").click());
            assertThat(answer.status()).isEqualTo(422);
            assertThat(page).hasTitle(Pattern.compile("^Error: .*"));
            assertThat(page.locator("[role=alert]")).isFocused();
            assertThat(page.locator("[role=alert] li")).hasText(new String[] {
                "The nickname can contain only a to z, digits and underscores, and must start with a letter",
                "The passphrase must be 8 characters or more"
            });
            assertThat(page.locator("#nickname")).hasValue("9 lives");
            assertThat(page.locator("#bio")).hasValue("  Kept, even <b>this</b> & that.");
            assertThat(page.locator("#passphrase")).isEmpty();
            assertThat(page.content()).doesNotContain("1234567");
            assertThat(page.locator("#nickname")).hasAttribute("aria-invalid", "true");
            page.locator("[role=alert] a").first().click();
            assertThat(page.locator("#nickname")).isFocused();
        });
    }

    @Test
    void savesNothingWhereNothingChanged() {
        visit("unchanged", Visit.desktop(), visit -> {
            Page page = open(visit, server.residents.somebody());
            visit.button("Save my profile").click();
            assertThat(page.locator("[role=alert]")).containsText("Nothing was changed");
            assertThat(page.locator("[role=alert]")).isFocused();
            page.locator("#bio").fill("Now it is.");
            visit.button("Save my profile").click();
            assertThat(page.locator("h1")).hasText("Your profile is saved");
        });
    }

    @Test
    void warnsBeforeTypedTextIsLost() {
        visit("unsaved", Visit.desktop(), visit -> {
            Page page = open(visit, server.residents.somebody());
            List<String> dialogs = new ArrayList<>();
            page.onDialog(dialog -> {
                dialogs.add(dialog.type());
                dialog.accept();
            });
            page.reload();
            assertThat(dialogs).isEmpty();
            page.locator("#bio").click();
            page.keyboard().type("Not saved yet");
            page.reload();
            assertThat(dialogs).containsExactly("beforeunload");
            page.locator("#bio").fill("Saved at last");
            visit.button("Save my profile").click();
            assertThat(page.locator("h1")).hasText("Your profile is saved");
            assertThat(dialogs).containsExactly("beforeunload");
        });
    }

    @Test
    void countsDownAsOneTypes() {
        visit("counter", Visit.desktop(), visit -> {
            Page page = open(visit, server.residents.somebody());
            assertThat(page.locator("[data-counts]")).hasText("2,000 characters left");
            // A character outside the basic plane and a line break are one each.
            page.locator("#bio").fill("\ud83d\ude80\na");
            assertThat(page.locator("[data-counts]")).hasText("1,997 characters left");
            page.locator("#bio").fill("x".repeat(2003));
            assertThat(page.locator("[data-counts]")).hasText("3 characters too many");
            assertThat(page.locator("#bio + [data-counts] + [role=status]")).hasText("3 characters too many");
        });
    }

    @Test
    void suggestsNicknamesWithoutLosingWhatWasTyped() {
        suggests("suggest", Visit.desktop(), true);
    }

    @Test
    void suggestsNicknamesWithoutJavaScript() {
        suggests("suggest-no-script", Visit.desktop().setJavaScriptEnabled(false), false);
    }

    @Test
    void saysThatTheLinkWasUsedWhereANicknameIsAskedForTooLate() {
        visit("suggest-late", Visit.desktop(), visit -> {
            Page page = visit.page();
            String token = server.freshToken(server.residents.somebody());
            page.navigate("/edit/" + token);
            server.client.save(Map.of("token", token, "bio", "Saved elsewhere"));
            visit.button("Suggest another").click();
            assertThat(page.locator("h1")).hasText("This link was used");
        });
    }

    /** Without JavaScript the form comes back: its photo is kept here, and browsers let no form come back with a passphrase. */
    private static void suggests(String name, NewContextOptions options, boolean inPlace) {
        visit(name, options, visit -> {
            Page page = open(visit, server.residents.somebody());
            page.locator("#name").fill("Zo\u00eb <b>K.</b>");
            page.locator("#bio").fill("First line\n  second & last");
            page.locator("#locale").selectOption("sv");
            page.locator("#passphrase").fill("not typed in vain");
            page.locator("#photo").setInputFiles(new FilePayload("me.jpg", "image/jpeg", Photos.portrait()));
            String before = "";
            for (int i = 0; i < 3; i++) {
                visit.button("Suggest another").click();
                assertThat(page.locator("#nickname-suggested")).isVisible();
                assertThat(page.locator("#nickname")).not().hasValue(before);
                assertThat(page.locator("#nickname")).hasValue(Pattern.compile("[a-z][a-z0-9_]{2,29}"));
                before = page.locator("#nickname").inputValue();
                if (!inPlace && i == 0) {
                    assertThat(page.locator("#photo-kept")).isVisible();
                    assertThat(page.locator("#passphrase")).isEmpty();
                }
                assertThat(page.locator("#name")).hasValue("Zo\u00eb <b>K.</b>");
                assertThat(page.locator("#bio")).hasValue("First line\n  second & last");
                assertThat(page.locator("#locale")).hasValue("sv");
            }
            visit.picture(name);
            if (inPlace) {
                assertThat(page.locator("#passphrase")).hasValue("not typed in vain");
                assertThat(page.locator("canvas")).isVisible();
            }
            visit.button("Save my profile").click();
            assertThat(page.locator("h1")).hasText("Your profile is saved");
            List<String> changed = new ArrayList<>(List.of("Bio", "Language", "Name", "Nickname"));
            if (inPlace) {
                changed.add("Passphrase");
            }
            changed.add("Photo");
            assertThat(page.locator(".changed li")).hasText(changed.toArray(String[]::new));
        });
    }

    @Test
    void showsThePassphraseAndItsStrengthOnRequest() {
        visit("passphrase", Visit.desktop(), visit -> {
            Page page = open(visit, server.residents.somebody());
            page.locator("#passphrase").fill("four words are plenty");
            assertThat(page.locator("[data-strength]")).containsText("Strong");
            visit.button("Show").click();
            assertThat(page.locator("#passphrase")).hasAttribute("type", "text");
            visit.button("Hide").click();
            assertThat(page.locator("#passphrase")).hasAttribute("type", "password");
        });
    }

    @Test
    void needsNoMouse() {
        visit("keyboard", Visit.desktop(), visit -> {
            Page page = visit.page();
            page.navigate(server.freshLink(server.residents.somebody()));
            page.keyboard().press("Tab");
            assertThat(page.locator(".skip")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("#main")).isFocused();
            tabTo(page, "name").type("Key Board");
            tabTo(page, "nickname").type("key_board");
            tabTo(page, "bio").type("Typed, not clicked.");
            tabTo(page, "locale").type("Engl");
            tabTo(page, "passphrase").type("tabbing all the way");
            page.keyboard().press("Tab");
            assertThat(visit.button("Show")).isFocused();
            page.keyboard().press("Tab");
            assertThat(visit.button("Save my profile")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("Your profile is saved");
            assertThat(page.locator(".changed li"))
                    .hasText(new String[] {"Bio", "Language", "Name", "Nickname", "Passphrase"});
        });
    }

    @Test
    void mirrorsForLanguagesThatRunFromRightToLeft() {
        visit("rtl", Visit.desktop().setLocale("ar"), visit -> {
            visit.page().navigate("/");
            assertThat(visit.page().locator("html")).hasAttribute("dir", "rtl");
            visit.assertFits();
            visit.picture("landing-rtl");
        });
        // The profile's language wins over the browser's.
        visit("rtl", Visit.desktop(), visit -> {
            Page page = visit.page();
            page.navigate(server.freshLink(server.residents.speaking("ar")));
            assertThat(page.locator("html")).hasAttribute("dir", "rtl");
            assertThat(page.locator("html")).hasAttribute("lang", "ar");
            page.locator("#name").fill("\u0646\u0648\u0631");
            page.locator("#bio").fill("\u0645\u0631\u062d\u0628\u0627");
            page.locator("#photo").setInputFiles(new FilePayload("me.jpg", "image/jpeg", Photos.portrait()));
            assertThat(page.locator("canvas")).isVisible();
            assertThat(page.locator("#name").evaluate("e => getComputedStyle(e).direction"))
                    .isEqualTo("rtl");
            visit.assertFits();
            visit.picture("edit-rtl");
            page.locator("button[type=submit]:not([name]):not(.unseen)").click();
            assertThat(page).hasURL(Pattern.compile(".*/saved"));
            assertThat(page.locator("html")).hasAttribute("dir", "rtl");
            visit.picture("saved-rtl");
        });
        visit("rtl-phone", Visit.phone(), visit -> {
            visit.page().navigate(server.freshLink(server.residents.speaking("ar")));
            visit.assertFits();
            visit.picture("edit-rtl-phone");
        });
    }

    @Test
    void looksAsTheReadmeShowsIt() {
        visit("readme", Visit.desktop().setViewportSize(900, 760), visit -> {
            Page page = open(visit, ADA);
            page.locator("#photo").setInputFiles(new FilePayload("ada.jpg", "image/jpeg", Photos.portrait()));
            assertThat(page.locator("canvas")).isVisible();
            visit.button("Save my profile").click();
            assertThat(page.locator("h1")).hasText("Your profile is saved");
            open(visit, ADA);
            assertThat(page.locator("img.face")).isVisible();
            Path file = visit.picture("readme");
            Files.copy(file, Path.of("target", "screenshots", "edit.png"), StandardCopyOption.REPLACE_EXISTING);
        });
    }

    private static void visit(String name, NewContextOptions options, Visit.Doing doing) {
        Visit.on(server, name, options, doing);
    }

    private static Page open(Visit visit, String email) {
        visit.page().navigate(server.freshLink(email));
        assertThat(visit.page().locator("h1")).hasText("Your profile");
        return visit.page();
    }

    private static Keyboard tabTo(Page page, String id) {
        for (int i = 0; i < 6; i++) {
            page.keyboard().press("Tab");
            if (id.equals(page.evaluate("document.activeElement.id"))) {
                return page.keyboard();
            }
        }
        throw new AssertionError("No way to " + id + " with the Tab key");
    }
}
