package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * axe-core finds nothing to complain about on the way that most people take, by day and by night, with what scripts add;
 * {@code EveryPageIT} looks at all other pages.
 */
@InBrowser
class AccessibilityIT {
    private static DevServer server;

    @BeforeAll
    static void start() {
        LocalBrowser.CHROMIUM.browser();
        server = DevServer.shared();
    }

    @Test
    void isKeptByTheStartPage() {
        Visit.on(server, "landing-clean", steady(), visit -> {
            visit.page().navigate("/");
            Axe.assertCleanByDayAndNight(visit.page());
            visit.button("Send me a link").click();
            assertThat(visit.page().locator("[role=alert]")).isVisible();
            Axe.assertCleanByDayAndNight(visit.page());
            visit.page().getByLabel("Email address or PIN").fill(server.residents.somebody());
            visit.button("Send me a link").click();
            assertThat(visit.page().locator("h1")).hasText("Check your email");
            Axe.assertCleanByDayAndNight(visit.page());
        });
    }

    @Test
    void isKeptByTheForm() {
        String email = server.residents.somebody();
        Visit.on(server, "form-clean", steady(), visit -> {
            Page page = visit.page();
            String link = server.freshLink(email);
            page.navigate(link);
            page.locator("#photo").setInputFiles(new FilePayload("me.jpg", "image/jpeg", Photos.portrait()));
            assertThat(page.locator("canvas")).isVisible();
            page.locator("#passphrase").fill("several quiet words");
            Axe.assertCleanByDayAndNight(page);
            page.locator("#passphrase").fill("short");
            page.locator("#nickname").fill("1");
            page.locator("#bio").fill("x".repeat(2001));
            visit.button("Save my profile").click();
            assertThat(page.locator("[role=alert]")).isVisible();
            Axe.assertCleanByDayAndNight(page);
            visit.picture("edit-errors-light");
            page.locator("#nickname").fill("");
            page.locator("#bio").fill("Short enough.");
            visit.button("Save my profile").click();
            assertThat(page.locator("h1")).hasText("Your profile is saved");
            Axe.assertCleanByDayAndNight(page);
        });
    }

    /** Colours that are still on their way to others would be read as they are just now. */
    private static NewContextOptions steady() {
        return Visit.desktop().setReducedMotion(ReducedMotion.REDUCE);
    }
}
