package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.latchkey.support.Answer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * From the chat to the saved profile, as people live through it.
 *
 * @param name of pictures and of what is typed
 * @param cropped whether the browser can cut the photo
 */
record ProfileStory(String name, boolean cropped) {
    private static final String PASSPHRASE = "seven quiet otters under bridges";

    private static final DevServer SERVER = DevServer.shared();

    /** Lives through it in a browser. */
    void in(Browser browser, NewContextOptions options) {
        String email = SERVER.residents.somebody();
        Visit.on(browser, SERVER, name, options, visit -> live(visit, email));
    }

    /** Looks for every secret that the stories have seen. */
    static void assertNothingSecretIsLeftBehind() {
        SERVER.secrets.assertUnknownTo(SERVER.jar);
    }

    private void live(Visit visit, String email) throws IOException {
        Page page = visit.page();
        page.navigate("/");
        visit.assertFits();
        visit.picture("landing-" + name);

        Answer init = SERVER.client.accepted(email);
        openFromInbox(visit, email, init.text("matchPhrase"));
        assertThat(page).hasTitle("Your profile – Latchkey");
        fillIn(visit);
        visit.assertFits();
        visit.picture("edit-" + name);
        String link = page.url();
        visit.button("Save my profile").click();

        assertSaved(visit);
        page.reload();
        assertSaved(visit);
        visit.assertFits();
        visit.picture("saved-" + name);
        assertStored(email, init.text("requestId"));

        page.navigate(link);
        assertThat(page.locator("h1")).hasText("This link was used");
        visit.assertFits();
        visit.picture("link-used-" + name);
        visit.button("Send me a fresh link").click();
        assertThat(page.locator("h1")).hasText("Check your email");
        visit.assertFits();
        visit.picture("link-sent-" + name);
        openFromInbox(visit, email, page.locator(".phrase").textContent());
        assertThat(visit.field("Bio")).hasValue("I live in a " + name + ".\nIt is quiet.");
    }

    /**
     * Finds the one mail with these words to this address in the dev inbox, and follows the link that is a button there.
     * Of some dozen mails in the inbox two may have the same words.
     */
    private static void openFromInbox(Visit visit, String email, String matchPhrase) {
        Page page = visit.page();
        String subject = "Your profile link: " + matchPhrase;
        Locator mail = page.locator(".mails li", new Page.LocatorOptions().setHasText(email))
                .getByText(subject);
        await().until(() -> {
            page.navigate("/dev/inbox");
            return mail.count() == 1;
        });
        mail.click();
        // In the same tab, which the story goes on in; by a click, as Firefox takes a navigation there for two at
        // times.
        Locator link = page.locator(".links a[href*='/edit/']");
        link.evaluate("link => link.removeAttribute('target')");
        link.click();
        assertThat(page.locator("h1")).hasText("Your profile");
        assertThat(page.locator(".facts")).containsText(matchPhrase);
        SERVER.secrets.keep(page.url().replaceAll(".*/", ""));
    }

    private void fillIn(Visit visit) {
        visit.field("Name").fill("Grace Hopper");
        visit.field("Nickname").fill("grace_" + name.replace('-', '_'));
        visit.field("Bio").fill("I live in a " + name + ".\nIt is quiet.");
        visit.field("Language").selectOption("en");
        visit.page().locator("#passphrase").fill(SERVER.secrets.keep(PASSPHRASE));
        visit.field("Photo").setInputFiles(new FilePayload("me.jpg", "image/jpeg", Photos.redBesideBlue()));
        if (cropped) {
            assertThat(visit.page().locator("canvas")).isVisible();
            visit.field("Left or right").fill("100");
        } else {
            assertThat(visit.page().locator("canvas")).isHidden();
        }
    }

    private static void assertSaved(Visit visit) {
        assertThat(visit.page()).hasURL(Pattern.compile(".*/saved"));
        assertThat(visit.page().locator("h1")).hasText("Your profile is saved");
        assertThat(visit.page().locator(".changed li"))
                .hasText(new String[] {"Bio", "Language", "Name", "Nickname", "Passphrase", "Photo"});
    }

    private void assertStored(String email, String requestId) throws IOException {
        Answer status = SERVER.client.status(requestId);
        assertThat(status.text("state")).isEqualTo("saved");
        Answer stored = SERVER.client.load(SERVER.freshToken(email));
        assertThat(List.of("name", "nickname", "bio", "locale", "hasPassphrase"))
                .extracting(stored::text)
                .containsExactly(
                        "Grace Hopper",
                        "grace_" + name.replace('-', '_'),
                        "I live in a " + name + ".\nIt is quiet.",
                        "en",
                        "true");
        String path = URI.create(stored.text("photoUrl")).getPath();
        BufferedImage photo =
                ImageIO.read(new ByteArrayInputStream(SERVER.client.get(path).bytes()));
        assertThat(photo.getWidth()).isEqualTo(photo.getHeight());
        // The crop tool was moved to the right end, where the photo is blue; uncropped its middle is kept.
        assertLooks(photo, 2, cropped ? Color.BLUE : Color.RED);
        assertLooks(photo, photo.getWidth() - 3, Color.BLUE);
    }

    private static void assertLooks(BufferedImage photo, int x, Color expected) {
        for (int y = 10; y < photo.getHeight(); y += 40) {
            Color seen = new Color(photo.getRGB(x, y));
            assertThat(Math.abs(seen.getRed() - expected.getRed())
                            + Math.abs(seen.getGreen() - expected.getGreen())
                            + Math.abs(seen.getBlue() - expected.getBlue()))
                    .as("colour at %d, %d: %s", x, y, seen)
                    .isLessThan(60);
        }
    }
}
