package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** axe-core finds nothing to complain about on any page, by day and by night. */
@InBrowser
class AccessibilityIT {
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
    void isKeptByTheStartPage(ColorScheme scheme) {
        visit("landing", scheme, visit -> {
            visit.page().navigate("/");
            Axe.assertClean(visit.page());
            visit.button("Send me a link").click();
            assertThat(visit.page().locator("[role=alert]")).isVisible();
            Axe.assertClean(visit.page());
            visit.page().getByLabel("Email address or PIN").fill(server.residents.somebody());
            visit.button("Send me a link").click();
            assertThat(visit.page().locator("h1")).hasText("Check your email");
            Axe.assertClean(visit.page());
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void isKeptByTheForm(ColorScheme scheme) {
        String email = server.residents.somebody();
        visit("form", scheme, visit -> {
            Page page = visit.page();
            String link = server.freshLink(email);
            page.navigate(link);
            page.locator("#photo").setInputFiles(new FilePayload("me.jpg", "image/jpeg", Photos.portrait()));
            assertThat(page.locator("canvas")).isVisible();
            page.locator("#passphrase").fill("several quiet words");
            Axe.assertClean(page);
            page.locator("#passphrase").fill("short");
            page.locator("#nickname").fill("1");
            page.locator("#bio").fill("x".repeat(2001));
            visit.button("Save my profile").click();
            assertThat(page.locator("[role=alert]")).isVisible();
            Axe.assertClean(page);
            visit.picture("edit-errors-" + scheme.name().toLowerCase(Locale.ROOT));
            page.locator("#nickname").fill("");
            page.locator("#bio").fill("Short enough.");
            visit.button("Save my profile").click();
            assertThat(page.locator("h1")).hasText("Your profile is saved");
            Axe.assertClean(page);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void isKeptByDeadLinks(ColorScheme scheme) {
        String email = server.residents.somebody();
        String revoked = server.freshToken(email);
        String used = server.freshToken(email);
        server.client.save(Map.of("token", used, "bio", "Used up"));
        String other = server.residents.somebody();
        String expired = server.freshToken(other);
        server.residents.letLinksExpire(other);
        visit("dead", scheme, visit -> {
            assertClean(visit, "/edit/" + "A".repeat(48), "This link doesn’t work");
            assertClean(visit, "/edit/" + used, "This link was used");
            assertClean(visit, "/edit/" + revoked, "This link was withdrawn");
            assertClean(visit, "/edit/" + expired, "This link has expired");
            visit.picture("link-expired-" + scheme.name().toLowerCase(Locale.ROOT));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void isKeptByProblemsAndTheInbox(ColorScheme scheme) {
        server.freshToken(server.residents.somebody());
        visit("rest", scheme, visit -> {
            assertClean(visit, "/nowhere", "Nothing here");
            visit.picture("problem-" + scheme.name().toLowerCase(Locale.ROOT));
            assertClean(visit, "/problems/link-used", "The link was used");
            assertClean(visit, "/terms", "Terms of this service");
            assertClean(visit, "/support", "Help with your profile");
            visit.picture("support-" + scheme.name().toLowerCase(Locale.ROOT));
            for (String document : new String[] {
                "", "/chatgpt-action", "/link-api", "/mcp", "/account-api", "/oauth", "/session-key-api", "/dev-inbox"
            }) {
                visit.page().navigate("/docs" + document);
                visit.page().evaluate("document.querySelectorAll('details').forEach(part => part.open = true)");
                Axe.assertClean(visit.page());
                visit.picture("docs" + document.replace('/', '-') + "-"
                        + scheme.name().toLowerCase(Locale.ROOT));
            }
            assertClean(visit, "/dev/inbox/delete", "Delete all mails?");
            assertClean(visit, "/dev/inbox", "Dev inbox");
            visit.picture("inbox-" + scheme.name().toLowerCase(Locale.ROOT));
            assertClean(visit, "/dev/inbox?q=nothing+like+it", "Dev inbox");
            visit.page().navigate("/dev/inbox");
            visit.page().locator(".mails a").first().click();
            assertThat(visit.page().locator("iframe")).isVisible();
            for (String view : new String[] {"Text", "HTML", "320 px", "Dark", "Headers", "Source", "Links"}) {
                visit.page()
                        .getByRole(
                                AriaRole.LINK,
                                new Page.GetByRoleOptions().setName(view).setExact(true))
                        .click();
                assertThat(visit.page().locator("main h2")).hasText(view);
                Axe.assertClean(visit.page());
                visit.picture("inbox-" + view.toLowerCase(Locale.ROOT).replace(" ", "-") + "-"
                        + scheme.name().toLowerCase(Locale.ROOT));
            }
            visit.page().getByText("Delete…").click();
            assertThat(visit.page().locator("h1")).hasText("Delete this mail?");
            Axe.assertClean(visit.page());
        });
    }

    private static void visit(String name, ColorScheme scheme, Visit.Doing doing) {
        Visit.on(server, name + "-" + scheme, Visit.desktop().setColorScheme(scheme), doing);
    }

    private static void assertClean(Visit visit, String path, String heading) {
        visit.page().navigate(path);
        assertThat(visit.page().locator("h1")).hasText(heading);
        Axe.assertClean(visit.page());
    }
}
