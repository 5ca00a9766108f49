package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.latchkey.support.Chromium;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LatchkeyClient.Answer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From the chat to the saved profile, as people live through it, in one browser after another. */
@InBrowser
class BrowserJourneyIT {
    private static final String PASSPHRASE = "seven quiet otters under bridges";

    private static DevServer server;

    @BeforeAll
    static void start() {
        Chromium.browser();
        server = DevServer.shared();
    }

    @AfterAll
    static void nothingSecretIsLeftBehind() {
        if (server != null) {
            server.secrets.assertUnknownTo(server.jar);
        }
    }

    @Test
    void onADesktop() {
        story(Visit.desktop(), "desktop", true);
    }

    @Test
    void withoutJavaScript() {
        story(Visit.desktop().setJavaScriptEnabled(false), "no-script", false);
    }

    @Test
    void onAPhone() {
        story(Visit.phone(), "phone", true);
    }

    @Test
    void inTheDark() {
        story(Visit.dark(Visit.phone()), "phone-dark", true);
    }

    private static void story(NewContextOptions options, String name, boolean scripted) {
        String email = server.residents.somebody();
        Visit.on(server, name, options, visit -> story(visit, email, name, scripted));
    }

    private static void story(Visit visit, String email, String name, boolean scripted) throws IOException {
        Page page = visit.page();
        page.navigate("/");
        visit.assertFits();
        visit.picture("landing-" + name);

        Answer init = server.client.accepted(email);
        openFromInbox(visit, init.field("matchPhrase"));
        assertThat(page).hasTitle("Your profile – Latchkey");
        fillIn(visit, name, scripted);
        visit.assertFits();
        visit.picture("edit-" + name);
        String link = page.url();
        visit.button("Save my profile").click();

        assertSaved(visit);
        page.reload();
        assertSaved(visit);
        visit.assertFits();
        visit.picture("saved-" + name);
        assertStored(email, name, init.field("requestId"), scripted);

        page.navigate(link);
        assertThat(page.locator("h1")).hasText("This link was used");
        visit.assertFits();
        visit.picture("link-used-" + name);
        visit.button("Send me a fresh link").click();
        assertThat(page.locator("h1")).hasText("Look into your mail");
        visit.assertFits();
        visit.picture("link-sent-" + name);
        openFromInbox(visit, page.locator(".phrase").textContent());
        assertThat(visit.field("Bio")).hasValue("I live in a " + name + ".\nIt is quiet.");
    }

    /** Finds the mail with these words in the dev inbox and follows the link that is a button there. */
    private static void openFromInbox(Visit visit, String matchPhrase) {
        Page page = visit.page();
        String subject = "Your profile link: " + matchPhrase;
        await().until(() -> {
            page.navigate("/dev/inbox");
            return page.getByText(subject).count() == 1;
        });
        page.getByText(subject).click();
        page.locator(".links a", new Page.LocatorOptions().setHasText("/edit/")).click();
        assertThat(page.locator("h1")).hasText("Your profile");
        assertThat(page.locator(".facts")).containsText(matchPhrase);
        server.secrets.keep(page.url().replaceAll(".*/", ""));
    }

    private static void fillIn(Visit visit, String name, boolean scripted) {
        visit.field("Name").fill("Grace Hopper");
        visit.field("Nickname").fill("grace_" + name.replace('-', '_'));
        visit.field("Bio").fill("I live in a " + name + ".\nIt is quiet.");
        visit.field("Language").selectOption("en");
        visit.page().locator("#passphrase").fill(server.secrets.keep(PASSPHRASE));
        visit.field("Photo").setInputFiles(new FilePayload("me.jpg", "image/jpeg", Photos.redBesideBlue()));
        if (scripted) {
            assertThat(visit.page().locator("canvas")).isVisible();
            visit.field("Left to right").fill("100");
        }
    }

    private static void assertSaved(Visit visit) {
        assertThat(visit.page()).hasURL(Pattern.compile(".*/saved"));
        assertThat(visit.page().locator("h1")).hasText("Your profile is saved");
        assertThat(visit.page().locator(".changed li"))
                .hasText(new String[] {"Bio", "Language", "Name", "Nickname", "Passphrase", "Photo"});
    }

    private static void assertStored(String email, String name, String requestId, boolean scripted) throws IOException {
        Answer status = server.client.status(requestId);
        assertThat(status.field("state")).isEqualTo("saved");
        Map<String, Object> stored =
                server.client.load(server.freshToken(email)).json();
        assertThat(stored)
                .containsEntry("name", "Grace Hopper")
                .containsEntry("nickname", "grace_" + name.replace('-', '_'))
                .containsEntry("bio", "I live in a " + name + ".\nIt is quiet.")
                .containsEntry("locale", "en")
                .containsEntry("hasPassphrase", true);
        String path = URI.create(String.valueOf(stored.get("photoUrl"))).getPath();
        BufferedImage photo =
                ImageIO.read(new ByteArrayInputStream(server.client.get(path).bytes()));
        assertThat(photo.getWidth()).isEqualTo(photo.getHeight());
        // The crop tool was moved to the right end, where the photo is blue; uncropped its middle is kept.
        assertThat(new Color(photo.getRGB(2, photo.getHeight() / 2)).getRed() > 128)
                .as("the left edge is red")
                .isEqualTo(!scripted);
    }
}
