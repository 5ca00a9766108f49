package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is done with a photo before it is sent: chosen, dropped or pasted, made smaller, turned and cut. */
@InBrowser
class PhotoToolsIT {
    private static final Pattern MORE_THAN_50 = Pattern.compile("50\\.5|5[1-9].*|[6-9].*|100");

    /** A file as somebody drags or copies it, with the words that may come with it. */
    private static final String CARRY = """
            ([file, type, words]) => {
              const carried = new DataTransfer();
              const bytes = Uint8Array.from(atob(file), (char) => char.charCodeAt(0));
              carried.items.add(new File([bytes], "picture", { type }));
              if (words) carried.setData("text/plain", words);
              return carried;
            }""";

    private static DevServer server;

    @BeforeAll
    static void start() {
        LocalBrowser.CHROMIUM.browser();
        server = DevServer.shared();
    }

    @Test
    void makesAPhotoSmallerThatTheServerWouldNotTake() {
        byte[] large = Photos.tooLarge();
        assertThat(large).hasSizeGreaterThan(5 << 20);
        visit("shrink", Visit.desktop(), visit -> {
            Page page = open(visit, server.residents.somebody());
            choose(page, "large.png", "image/png", large);
            assertThat(status(page)).hasText("Photo chosen and made smaller.");
            assertSaves(visit);
        });
    }

    @Test
    void saysAtOnceThatAPhotoIsTooLargeWhereTheBrowserHandsOutNoPixels() {
        visit("too-large", Visit.desktop(), visit -> {
            visit.context().addInitScript("HTMLCanvasElement.prototype.toBlob = (done) => done(null)");
            Page page = open(visit, server.residents.somebody());
            choose(page, "large.png", "image/png", Photos.tooLarge());
            assertThat(status(page)).hasText("The photo must be 5 MB or smaller");
            assertThat(page.locator("#photo")).hasValue("");
            choose(page, "small.jpg", "image/jpeg", Photos.redBesideBlue());
            assertThat(status(page)).hasText("Photo chosen. The middle of it is used.");
            assertThat(page.locator("canvas")).isHidden();
            assertSaves(visit);
        });
    }

    @Test
    void turnsAPhoto() {
        String email = server.residents.somebody();
        visit("turn", Visit.desktop(), visit -> {
            Page page = open(visit, email);
            choose(page, "me.jpg", "image/jpeg", Photos.redBesideBlue());
            visit.button("Turn right").press("Enter");
            assertThat(page.locator("#photo-moved")).hasText("Turned right");
            visit.picture("photo-turned");
            assertSaves(visit);
        });
        assertTopAndBottom(email, Color.RED, Color.BLUE);
    }

    @Test
    void turnsItBack() {
        String email = server.residents.somebody();
        visit("turn-back", Visit.desktop(), visit -> {
            Page page = open(visit, email);
            choose(page, "me.jpg", "image/jpeg", Photos.redBesideBlue());
            for (int i = 0; i < 3; i++) {
                visit.button("Turn right").click();
            }
            assertSaves(visit);
        });
        assertTopAndBottom(email, Color.BLUE, Color.RED);
    }

    @Test
    void knowsHowTheCameraWasHeld() {
        String email = server.residents.somebody();
        visit("exif", Visit.desktop(), visit -> {
            choose(open(visit, email), "me.jpg", "image/jpeg", Photos.redAboveBlue());
            assertSaves(visit);
        });
        assertTopAndBottom(email, Color.RED, Color.BLUE);
    }

    @Test
    void takesAPhotoThatIsDroppedAnywhere() {
        visit("drop", Visit.desktop(), visit -> {
            Page page = open(visit, server.residents.somebody());
            assertThat(page.locator("[data-drop]")).isVisible();
            drag(page, "dragover", "image/jpeg", Photos.portrait());
            assertThat(page.locator("[data-photo]")).hasClass(Pattern.compile(".*\\bover\\b.*"));
            drag(page, "drop", "image/jpeg", Photos.portrait());
            assertThat(page.locator("[data-photo]")).not().hasClass(Pattern.compile(".*\\bover\\b.*"));
            assertThat(status(page)).hasText("Photo chosen.");
            assertSaves(visit);
        });
    }

    @Test
    void saysSoWhereNoPhotoWasDropped() {
        visit("drop-text", Visit.desktop(), visit -> {
            Page page = open(visit, server.residents.somebody());
            drag(page, "drop", "text/plain", new byte[] {'a'});
            assertThat(status(page)).hasText("The photo must be a JPEG, PNG or WebP image");
            assertThat(page.locator("#photo")).hasValue("");
        });
    }

    @Test
    void takesAPhotoThatIsPastedButNotThePictureOfPastedWords() {
        visit("paste", Visit.desktop(), visit -> {
            Page page = open(visit, server.residents.somebody());
            page.locator("#bio").focus();
            paste(page, "words from a sheet");
            assertThat(page.locator("#photo")).hasValue("");
            paste(page, "");
            assertThat(status(page)).hasText("Photo chosen.");
            assertSaves(visit);
        });
    }

    @Test
    void explainsWhatToDoWithAPhotoOfAnIphone() {
        visit("heic", Visit.desktop(), visit -> {
            Page page = open(visit, server.residents.somebody());
            choose(page, "IMG_0001.HEIC", "", Photos.heic());
            assertThat(status(page)).containsText("HEIC");
            assertThat(status(page)).containsText("screenshot");
            assertThat(page.locator("#photo")).hasValue("");
            Axe.assertClean(page);
        });
        visit("heic-no-script", Visit.desktop().setJavaScriptEnabled(false), visit -> {
            Page page = open(visit, server.residents.somebody());
            choose(page, "IMG_0001.HEIC", "image/heic", Photos.heic());
            visit.button("Save my profile").click();
            assertThat(page.locator("#photo-error")).containsText("HEIC");
            assertThat(page.locator("[role=alert] a")).hasAttribute("href", "#photo");
        });
    }

    @Test
    void isCutWithTheKeyboardAlone() {
        String email = server.residents.somebody();
        visit("crop-keys", Visit.desktop(), visit -> {
            Page page = open(visit, email);
            choose(page, "me.jpg", "image/jpeg", Photos.redBesideBlue());
            assertThat(page.locator("canvas")).isVisible();
            page.locator("#photo").press("Tab");
            assertThat(page.locator("canvas")).isFocused();
            assertThat(page.locator("canvas")).hasCSS("outline-style", "solid");
            // The photo goes where the arrow points, until its right end is in sight.
            for (int i = 0; i < 12; i++) {
                page.keyboard().press("ArrowLeft");
            }
            assertThat(visit.field("Left or right")).hasValue("100");
            assertThat(page.locator("#photo-moved"))
                    .hasText("Left or right: 100 of 100. Up or down: 50 of 100. Zoom: 1.");
            page.keyboard().press("+");
            assertThat(visit.field("Zoom")).not().hasValue("1");
            assertSaves(visit);
        });
        assertTopAndBottom(email, Color.BLUE, Color.BLUE);
    }

    @Test
    void mirrorsNothingOfThePhotoFromRightToLeft() {
        String email = server.residents.somebody();
        visit("crop-rtl", Visit.desktop(), visit -> {
            Page page = open(visit, email);
            page.evaluate("document.documentElement.dir = 'rtl'");
            choose(page, "me.jpg", "image/jpeg", Photos.redBesideBlue());
            assertThat(page.locator("canvas")).isVisible();
            page.locator("canvas").press("ArrowLeft");
            page.locator("[data-axis=x]").press("ArrowRight");
            assertThat(page.locator("[data-axis=x]")).hasValue(MORE_THAN_50);
            visit.field("Left or right").press("End");
            assertThat(visit.field("Left or right")).hasValue("100");
            assertThat(visit.button("Turn left").boundingBox().x)
                    .isLessThan(visit.button("Turn right").boundingBox().x);
            visit.assertFits();
            visit.picture("photo-rtl");
            assertSaves(visit);
        });
        assertTopAndBottom(email, Color.BLUE, Color.BLUE);
    }

    @Test
    void worksOnOnesOwnPagesToo() {
        String email = server.residents.somebody();
        visit("photo-own", Visit.phone(), visit -> {
            Page page = open(visit, email);
            page.locator("#bio").fill("Signed in by saving.");
            visit.button("Save my profile").click();
            assertThat(page.locator("h1")).hasText("Your profile is saved");
            page.navigate("/account/profile");
            choose(page, "large.png", "image/png", Photos.tooLarge());
            assertThat(status(page)).hasText("Photo chosen and made smaller.");
            visit.button("Save my profile").click();
            assertThat(page.locator("[role=alert] .changed li")).hasText("Photo");
        });
    }

    private static void choose(Page page, String name, String type, byte[] bytes) {
        page.locator("#photo").setInputFiles(new FilePayload(name, type, bytes));
    }

    private static Locator status(Page page) {
        return page.locator("#photo-status");
    }

    private static void drag(Page page, String event, String type, byte[] bytes) {
        page.dispatchEvent("h1", event, Map.of("dataTransfer", page.evaluateHandle(CARRY, new Object[] {
            encoded(bytes), type, ""
        })));
    }

    private static void paste(Page page, String words) {
        Object carried = page.evaluateHandle(CARRY, new Object[] {encoded(Photos.portrait()), "image/jpeg", words});
        page.evaluate(
                "clipboardData => document.activeElement.dispatchEvent("
                        + "new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))",
                carried);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void assertSaves(Visit visit) {
        visit.button("Save my profile").click();
        assertThat(visit.page().locator("h1")).hasText("Your profile is saved");
        assertThat(visit.page().locator(".changed li")).hasText("Photo");
    }

    private static void assertTopAndBottom(String email, Color top, Color bottom) {
        String path = URI.create(server.client.load(server.freshToken(email)).text("photoUrl"))
                .getPath();
        try {
            BufferedImage photo = ImageIO.read(
                    new ByteArrayInputStream(server.client.get(path).bytes()));
            assertLooks(photo, 10, top);
            assertLooks(photo, photo.getHeight() - 10, bottom);
        } catch (IOException e) {
            throw new AssertionError("A photo that cannot be read", e);
        }
    }

    private static void assertLooks(BufferedImage photo, int y, Color expected) {
        for (int x = 10; x < photo.getWidth(); x += 40) {
            Color seen = new Color(photo.getRGB(x, y));
            assertThat(Math.abs(seen.getRed() - expected.getRed())
                            + Math.abs(seen.getGreen() - expected.getGreen())
                            + Math.abs(seen.getBlue() - expected.getBlue()))
                    .as("colour at %d, %d: %s", x, y, seen)
                    .isLessThan(60);
        }
    }

    private static Page open(Visit visit, String email) {
        visit.page().navigate(server.freshLink(email));
        assertThat(visit.page().locator("h1")).hasText("Your profile");
        return visit.page();
    }

    private static void visit(String name, NewContextOptions options, Visit.Doing doing) {
        Visit.on(server, name, options, doing);
    }
}
