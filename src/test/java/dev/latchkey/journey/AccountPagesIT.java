package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.latchkey.support.DevMailbox;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody signs in to their account, changes something, ends what else is open, and signs out. */
@InBrowser
class AccountPagesIT {
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
    void areLivedThroughAndClean(ColorScheme scheme) {
        live("account-" + scheme, Visit.desktop().setColorScheme(scheme), true);
    }

    @Test
    void needNoScript() {
        live("account-no-script", Visit.phone().setJavaScriptEnabled(false), false);
    }

    private static void live(String name, NewContextOptions options, boolean scripts) {
        String email = server.residents.somebody();
        Visit.on(server, name, options, visit -> {
            Page page = visit.page();
            page.navigate("/account/profile");
            reach(visit, "Sign in", scripts);
            page.locator("form[action='/account/sign-in'] button:not([type=button])")
                    .click();
            assertThat(page.locator("[role=alert]")).isVisible();
            reach(visit, "Sign in", scripts);
            page.locator("#identifier").fill(email);
            visit.button("Send me a link").click();
            assertThat(page.locator("h1")).hasText("Check your email");
            page.navigate(signInLink(email));
            reach(visit, "Sign in", scripts);
            visit.button("Sign in").click();
            reach(visit, "Your account", scripts);
            page.locator("nav a[href='/account/profile']").click();
            reach(visit, "Your profile", scripts);
            page.locator("#bio").fill("Written on my own page.");
            visit.button("Save my profile").click();
            assertThat(page.locator("[role=alert] h2")).hasText("Your profile is saved");
            reach(visit, "Your profile", scripts);
            server.freshToken(email);
            page.locator("nav a[href='/account/sessions']").click();
            reach(visit, "Where you are signed in", scripts);
            visit.button("End all others").click();
            assertThat(page.locator(".place")).hasCount(1);
            reach(visit, "Where you are signed in", scripts);
            page.navigate("/account/upgrade");
            reach(visit, "Become PRO", scripts);
            page.navigate("/account");
            visit.button("Sign out").click();
            reach(visit, "Sign in", scripts);
        });
    }

    /** Where there is no script, there is none of axe's either. */
    private static void reach(Visit visit, String heading, boolean scripts) {
        assertThat(visit.page().locator("h1")).hasText(heading);
        if (scripts) {
            Axe.assertClean(visit.page());
        }
    }

    private static String signInLink(String email) {
        DevMailbox mailbox = new DevMailbox(server.client, email);
        List<String> links = await().until(() -> mailbox.links("/account/in/"), found -> !found.isEmpty());
        server.secrets.keep(links.getFirst().substring("/account/in/".length()));
        return links.getFirst();
    }
}
