package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The form at the person's own pace, in a browser whose clock the test turns. */
@InBrowser
class TimeIT {
    private static final long TO_THE_WARNING = 13 * 60_000 + 5_000;

    private static DevServer server;

    @BeforeAll
    static void start() {
        LocalBrowser.CHROMIUM.browser();
        server = DevServer.shared();
    }

    @Test
    @DisplayName("Two minutes before the end there is a warning, and one key gives 15 more minutes")
    void warnsAndIsAnsweredByOneKey() {
        visit("time", Visit.desktop(), visit -> {
            Page page = open(visit, server.residents.somebody());
            Locator end = page.locator("#ends");
            assertThat(end).hasText(Pattern.compile("Your link ends in 1[45] minutes, at \\d\\d:\\d\\d\\."));
            Locator warning = page.locator("dialog");
            assertThat(warning).isHidden();
            for (String key : new String[] {"Enter", "Escape"}) {
                String before = end.getAttribute("datetime");
                // The server's clock goes its own way: for it no time has passed, and 15 minutes came on top.
                page.clock().fastForward(key.equals("Enter") ? TO_THE_WARNING : TO_THE_WARNING + 15 * 60_000);
                assertThat(warning).isVisible();
                assertThat(warning.locator("button:visible").first()).isFocused();
                assertThat(warning.locator(".left")).hasText(Pattern.compile("0?1:\\d\\d"));
                visit.picture("time-warning-" + key);
                page.keyboard().press(key);
                assertThat(warning).isHidden();
                assertThat(end).not().hasAttribute("datetime", before);
                assertThat(page.locator("#soon-spoken")).containsText("You have more time");
            }
            page.locator("#bio").fill("In my own time");
            visit.button("Save my profile").click();
            assertThat(page.locator("h1")).hasText("Your profile is saved");
        });
    }

    @Test
    @DisplayName("Whoever types when it comes goes on typing, hears of it, and answers by a key that types nothing")
    void leavesTypingAlone() {
        visit("typing", Visit.desktop(), visit -> {
            Page page = open(visit, server.residents.somebody());
            page.clock().fastForward(TO_THE_WARNING - 20_000);
            page.locator("#bio").click();
            page.keyboard().type("Half a");
            page.clock().runFor(4_000);
            page.keyboard().type(" word");
            page.clock().fastForward(20_000);
            assertThat(page.locator("dialog")).isVisible();
            page.keyboard().type(", and on");
            assertThat(page.locator("#bio")).hasValue("Half a word, and on");
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog")).isHidden();
            assertThat(page.locator("#bio")).isFocused();
            assertThat(page.locator("#bio")).hasValue("Half a word, and on");
        });
    }

    @Test
    @DisplayName(
            "What was typed and never sent is back when the tab is opened again, for that account alone, and can be dropped")
    @Asvs("14.3.3")
    void bringsBackWhatWasNeverSent() {
        visit("closed", Visit.desktop(), visit -> {
            String link = server.freshLink(server.residents.somebody());
            visit.page().navigate(link);
            visit.page().locator("#bio").fill("Never sent");
            visit.page().locator("#passphrase").fill("seven quiet otters");
            visit.page().navigate("about:blank");
            Page page = visit.page();
            page.navigate(link);
            assertThat(page.locator("#bio")).hasValue("Never sent");
            assertThat(page.locator("#passphrase")).isEmpty();
            assertThat(page.locator("#returned")).containsText("What you typed before is back");
            assertThat((String) page.evaluate("JSON.stringify(localStorage)")).doesNotContain("otters");
            page.locator("#returned button").click();
            assertThat(page.locator("#bio")).isEmpty();
            assertThat(page.locator("#returned")).isHidden();
            page.locator("#bio").fill("Once more");
            page.navigate("about:blank");
            page.navigate(server.freshLink(server.residents.somebody()));
            assertThat(page.locator("#bio")).isEmpty();
            page.navigate(link);
            visit.button("Save my profile").click();
            assertThat(page.locator("h1")).hasText("Your profile is saved");
            assertThat((String) page.evaluate("JSON.stringify(localStorage)")).doesNotContain("Once more");
        });
    }

    @Test
    @DisplayName("When the end has come the page says so and keeps what was typed, for the form behind a fresh link")
    void keepsWhatWasTypedAtTheEnd() {
        visit("ended", Visit.desktop(), visit -> {
            String email = server.residents.somebody();
            String token = server.freshToken(email);
            Page page = visit.page();
            page.clock().install();
            page.navigate("/edit/" + token);
            page.locator("#bio").fill("Not in time");
            assertThat(server.client
                            .post("/api/update/save", Map.of("token", token, "name", "Ada"))
                            .status())
                    .isEqualTo(200);
            page.clock().fastForward(16 * 60_000);
            assertThat(page.locator("dialog")).containsText("Your link has ended");
            visit.picture("time-ended");
            page.locator("dialog button:visible").first().click();
            assertThat(page.locator("h1")).hasText("This link was used");
            assertThat(page.locator("#typed-bio")).hasValue("Not in time");
            page.navigate(server.freshLink(email));
            assertThat(page.locator("[role=alert] h2")).hasText("What you typed before is back");
            assertThat(page.locator("#bio")).hasValue("Not in time");
            visit.button("Save my profile").click();
            assertThat(page.locator("h1")).hasText("Your profile is saved");
            page.navigate(server.freshLink(email));
            assertThat(page.locator("[role=alert]")).hasCount(0);
        });
    }

    @Test
    @DisplayName("Without scripts a button gives more time, and the form comes back as it was typed")
    void givesMoreTimeWithoutScripts() {
        visit("time-no-script", Visit.desktop().setJavaScriptEnabled(false), visit -> {
            Page page = visit.page();
            page.navigate(server.freshLink(server.residents.somebody()));
            page.locator("#bio").fill("Slow and steady");
            page.locator("#passphrase").fill("seven quiet otters");
            visit.button("I need more time").click();
            assertThat(page.locator("[role=alert] h2")).hasText("You have more time");
            assertThat(page.locator("#bio")).hasValue("Slow and steady");
            assertThat(page.locator("#passphrase")).isEmpty();
            assertThat(page.locator("#ends")).hasText(Pattern.compile("Your link ends in (29|30) minutes, .* UTC\\."));
            visit.button("Save my profile").click();
            assertThat(page.locator("h1")).hasText("Your profile is saved");
        });
    }

    private static void visit(String name, NewContextOptions options, Visit.Doing doing) {
        Visit.on(server, name, options, doing);
    }

    private static Page open(Visit visit, String email) {
        Page page = visit.page();
        page.clock().install();
        page.navigate(server.freshLink(email));
        assertThat(page.locator("h1")).hasText("Your profile");
        return page;
    }
}
