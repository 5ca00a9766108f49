package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.latchkey.support.DevMailbox;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody looks at what an assistant did, takes it back, and takes everything along. */
@InBrowser
class HistoryPageIT {
    private static DevServer server;

    @BeforeAll
    static void start() {
        LocalBrowser.CHROMIUM.browser();
        server = DevServer.shared();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void isLivedThroughAndClean(ColorScheme scheme) {
        live(server.residents.somebody(), "history-" + scheme, Visit.desktop().setColorScheme(scheme), "What happened");
    }

    @Test
    void runsFromRightToLeftOnAPhone() {
        live(server.residents.speaking("ar"), "history-ar", Visit.dark(Visit.phone()), "ما الذي حدث");
    }

    @Test
    void needsNoScript() {
        String email = server.residents.somebody();
        server.client.save(Map.of("token", server.freshToken(email), "bio", "Not mine."));
        Visit.on(server, "history-no-script", Visit.phone().setJavaScriptEnabled(false), visit -> {
            signIn(visit, email);
            visit.page().navigate("/account/history");
            visit.page().locator("button[name=undo]").click();
            assertThat(visit.page().locator("h1")).hasText("The change was undone");
            assertThat(server.residents.bioOf(email)).isNull();
        });
    }

    private static void live(String email, String name, NewContextOptions options, String heading) {
        server.client.save(Map.of("token", server.freshToken(email), "bio", "Not mine."));
        server.freshToken(email);
        Visit.on(server, name, options, visit -> {
            Page page = visit.page();
            signIn(visit, email);
            Download archive = page.waitForDownload(
                    () -> page.locator("main a[href='/account/export']").click());
            assertThat(archive.suggestedFilename()).matches("latchkey-export-[0-9]{4}-[0-9]{2}-[0-9]{2}\\.zip");
            page.locator("main nav a[href='/account/history']").click();
            assertThat(page.locator("h1")).hasText(heading);
            assertThat(page.locator(".happened > li")).hasCount(3);
            visit.assertFits();
            Axe.assertClean(page);
            visit.picture(name);

            page.evaluate("document.querySelector('.happened form').action = '/account/history/none/undo'");
            page.locator("button[name=undo]").click();
            assertThat(page.locator("[role=alert]")).isFocused();
            visit.assertFits();
            Axe.assertClean(page);

            page.locator("button[name=undo]").click();
            assertThat(page).hasURL(Pattern.compile(".*/done"));
            assertThat(server.residents.bioOf(email)).isNull();
            visit.assertFits();
            Axe.assertClean(page);
            page.navigate("/account/history");
            assertThat(page.locator("#identifier")).isVisible();
        });
    }

    private static void signIn(Visit visit, String email) {
        server.client.form("/account/link", Map.of("identifier", email));
        DevMailbox mailbox = new DevMailbox(server.client, email);
        List<String> links = await().until(() -> mailbox.links("/account/in/"), found -> !found.isEmpty());
        server.secrets.keep(links.getFirst().substring("/account/in/".length()));
        visit.page().navigate(links.getFirst());
        visit.page().locator("main button").click();
        assertThat(visit.page().locator("main a[href='/account/export']")).isVisible();
    }
}
