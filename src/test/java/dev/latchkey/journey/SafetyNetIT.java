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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Somebody lives through it: a change by chat, the notice, the undo, a look at what happened, the download, the move to
 * another address, and leaving. With and without scripts, by day and by night, on a phone, from right to left; axe finds
 * nothing on any of the pages, and who reads one language alone meets no other on them or in the mails.
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
        live("desktop", server.residents.somebody(), null, Visit.desktop(), true);
    }

    @Test
    @DisplayName("Without JavaScript, for somebody who reads Japanese alone")
    void withoutJavaScript() {
        live("no-script", "ja", Visit.desktop().setJavaScriptEnabled(false), false);
    }

    @Test
    @DisplayName("On a phone in the dark from right to left, for somebody who reads Arabic alone")
    void onAPhoneInTheDarkFromRightToLeft() {
        live("phone-dark-rtl", "ar", Visit.dark(Visit.phone()), true);
    }

    private static void live(String name, String language, NewContextOptions options, boolean scripts) {
        String email = server.residents.speaking(language);
        OwnLanguage own = new OwnLanguage(language).knows(email);
        live(name, email, own, options.setLocale(language), scripts);
        own.assertNothingStrange();
    }

    private static void live(
            String name, String email, @Nullable OwnLanguage language, NewContextOptions options, boolean scripts) {
        Visit.on(server, "net-" + name, options, visit -> new Story(visit, name, language, scripts).live(email));
        server.secrets.assertUnknownTo(server.jar);
    }

    /**
     * One life.
     *
     * @param name of the pictures
     * @param language the only one that the person reads; null where it does not matter
     * @param scripts whether the browser runs any, axe's too
     */
    private record Story(Visit visit, String name, @Nullable OwnLanguage language, boolean scripts) {
        private static final String TYPED = "Zyx.";

        void live(String email) throws IOException {
            DevMailbox mailbox = new DevMailbox(server.client, email);
            changesAndUndoes(email, mailbox);
            signsIn(email, mailbox);
            looksAround();
            String elsewhere = moves(email);
            leaves(elsewhere);
            if (language != null) {
                language.knows(phrases());
                for (String address : List.of(email, elsewhere)) {
                    new DevMailbox(server.client, address).mails().forEach(language::readMail);
                }
            }
        }

        private void changesAndUndoes(String email, DevMailbox mailbox) {
            Page page = visit.page();
            page.navigate(server.freshLink(email));
            page.locator("#bio").fill(TYPED);
            page.locator("form[enctype] .actions button:not([name])").last().click();
            assertThat(page.locator(".changed li")).hasCount(1);
            look("saved");

            page.navigate(link(mailbox, "/undo/"));
            look("undo");
            page.locator("button[name=undo]").click();
            assertThat(page).hasURL(Pattern.compile(".*/undo/.*/done"));
            look("undone");
            assertThat(server.residents.bioOf(email)).isNotEqualTo(TYPED);
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
            look("sign-in-sent");
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
            look("email-sent");
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

        private static List<String> phrases() {
            return server.residents.values("SELECT match_phrase FROM link_requests");
        }

        /** Nothing sticks out, nothing is in another language, axe is content, and there is a picture of it. */
        private void look(String picture) {
            visit.assertFits();
            visit.picture("net-" + picture + "-" + name);
            if (language != null) {
                language.knows(TYPED).knows(phrases()).read(visit.page());
            }
            if (scripts) {
                Axe.assertClean(visit.page());
            }
        }
    }
}
