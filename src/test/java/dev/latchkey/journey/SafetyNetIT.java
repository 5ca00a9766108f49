package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import dev.latchkey.support.DevMailbox;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Somebody lives through it: a change by chat, the notice, the undo, a look at what happened, the download, the move to
 * another address, and leaving. With and without scripts, by day and by night, on a phone, from right to left; axe finds
 * nothing on any of the pages.
 */
@InBrowser
class SafetyNetIT {
    private static final Duration DELIVERY = Duration.ofSeconds(20);

    private static DevServer server;

    @BeforeAll
    static void start() {
        LocalBrowser.CHROMIUM.browser();
        server = DevServer.shared();
    }

    @Test
    void onADesktop() {
        live("desktop", server.residents.somebody(), Visit.desktop(), true);
    }

    @Test
    void withoutJavaScript() {
        live("no-script", server.residents.somebody(), Visit.desktop().setJavaScriptEnabled(false), false);
    }

    @Test
    void onAPhoneInTheDarkFromRightToLeft() {
        live("phone-dark-rtl", server.residents.speaking("ar"), Visit.dark(Visit.phone()), true);
    }

    private static void live(String name, String email, NewContextOptions options, boolean scripts) {
        Visit.on(server, "net-" + name, options, visit -> new Story(visit, name, scripts).live(email));
        server.secrets.assertUnknownTo(server.jar);
    }

    /**
     * One life.
     *
     * @param name of the pictures
     * @param scripts whether the browser runs any, axe's too
     */
    private record Story(Visit visit, String name, boolean scripts) {

        void live(String email) throws IOException {
            DevMailbox mailbox = new DevMailbox(server.client, email);
            changesAndUndoes(email, mailbox);
            signsIn(email, mailbox);
            looksAround();
            leaves(moves(email));
        }

        private void changesAndUndoes(String email, DevMailbox mailbox) {
            Page page = visit.page();
            page.navigate(server.freshLink(email));
            page.locator("#bio").fill("Not what I wanted.");
            page.locator("form[enctype] .actions button:not([name])").last().click();
            assertThat(page.locator(".changed li")).hasCount(1);
            look("saved");

            page.navigate(link(mailbox, "/undo/"));
            look("undo");
            page.locator("button[name=undo]").click();
            assertThat(page).hasURL(Pattern.compile(".*/undo/.*/done"));
            look("undone");
            assertThat(server.residents.bioOf(email)).isNotEqualTo("Not what I wanted.");
            page.goBack();
            page.reload();
            look("undone-already");
        }

        private void signsIn(String email, DevMailbox mailbox) {
            Page page = visit.page();
            page.navigate("/account");
            look("sign-in");
            page.locator("#identifier").fill(email);
            page.locator("form[action='/account/link'] button").click();
            assertThat(page.locator(".phrase")).isVisible();
            page.navigate(link(mailbox, "/account/in/"));
            look("in");
            page.locator("button[name=do]").click();
            assertThat(page.locator("form[action='/account/sign-out']")).isVisible();
            look("account");
        }

        private void looksAround() throws IOException {
            Page page = visit.page();
            for (String part : List.of("profile", "history", "sessions", "upgrade")) {
                page.navigate("/account/" + part);
                look(part);
            }
            page.navigate("/account");
            Download download = page.waitForDownload(
                    () -> page.locator("a[href='/account/export']").first().click());
            Path file = Path.of("target", "screenshots", "export-" + name + ".zip");
            download.saveAs(file);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                assertThat(zip.stream().map(ZipEntry::getName)).contains("profile.json", "history.json");
            }
        }

        private String moves(String email) {
            Page page = visit.page();
            String elsewhere = "moved-" + email;
            page.navigate("/account/email");
            page.locator("#to").fill("nonsense");
            page.locator("form[action='/account/email'] button:not([type])")
                    .last()
                    .click();
            assertThat(page.locator("[role=alert]")).isVisible();
            look("email-error");
            page.locator("#to").fill(elsewhere);
            page.locator("form[action='/account/email'] button:not([type])")
                    .last()
                    .click();
            page.navigate(link(new DevMailbox(server.client, elsewhere), "/email/"));
            look("move");
            page.locator("button[name=move]").click();
            assertThat(page.locator(".badge")).isVisible();
            look("moved");
            await().atMost(DELIVERY)
                    .untilAsserted(() -> assertThat(new DevMailbox(server.client, email).links("/undo/"))
                            .as("told at first, when it was asked for, and when it was done")
                            .hasSize(3));
            return elsewhere;
        }

        private void leaves(String email) {
            Page page = visit.page();
            page.navigate("/account/delete");
            look("delete");
            page.locator("form[action='/account/delete'] button:not([type])")
                    .first()
                    .click();
            assertThat(page.locator("form[action='/account/delete']")).hasCount(0);
            look("closed");
            assertThat(server.client
                            .action("/api/update/init", Map.of("email", email))
                            .status())
                    .isEqualTo(404);
            page.navigate("/account");
            assertThat(page.locator("#identifier")).isVisible();

            page.navigate(link(new DevMailbox(server.client, email), "/keep/"));
            look("keep");
            page.locator("button[name=keep]").click();
            look("kept");
            assertThat(server.client
                            .action("/api/update/init", Map.of("email", email))
                            .status())
                    .isEqualTo(202);
        }

        /** The path of the newest link of a kind that was mailed. */
        private String link(DevMailbox mailbox, String path) {
            return await().atMost(DELIVERY)
                    .until(() -> mailbox.links(path), links -> !links.isEmpty())
                    .getFirst();
        }

        /** Nothing sticks out, axe is content, and there is a picture of it. */
        private void look(String picture) {
            visit.assertFits();
            visit.picture("net-" + picture + "-" + name);
            if (scripts) {
                Axe.assertClean(visit.page());
            }
        }
    }
}
