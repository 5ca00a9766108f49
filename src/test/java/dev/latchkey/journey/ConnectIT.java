package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.DevMailbox;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody answers an assistant that wants to be let in, in each way in which one can. */
@InBrowser
class ConnectIT {
    private static final Duration DELIVERY = Duration.ofSeconds(20);
    private static final Pattern CODE = Pattern.compile("(?m)^\\s+([0-9A-Z]{4}-[0-9A-Z]{4})\\s*$");
    private static final String ADA = "ada@example.com";
    private static final String PASSPHRASE = "correct horse battery staple";

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
    void byACodeFromAnotherDevice(ColorScheme scheme) {
        String name = "connect-" + scheme.name().toLowerCase(Locale.ROOT);
        byCode(name, server.residents.somebody(), Visit.desktop().setColorScheme(scheme), true);
    }

    @Test
    void onAPhoneFromRightToLeft() {
        byCode(
                "connect-phone-rtl",
                server.residents.speaking("ar"),
                Visit.phone().setLocale("ar"),
                true);
    }

    @Test
    void withoutScripts() {
        byCode("connect-no-script", server.residents.somebody(), Visit.phone().setJavaScriptEnabled(false), false);
    }

    private static void byCode(String name, String email, NewContextOptions options, boolean scripts) {
        Assistant assistant = new Assistant(server, "Example Assistant");
        Visit.on(server, name, options, visit -> {
            Page page = visit.page();
            visit.mayLeadTo(Assistant.CALLBACK);
            page.navigate(assistant.authorization());
            look(visit, name + "-sign-in", scripts);
            press(page, "form:has(#identifier) button");
            assertThat(page.locator("[role=alert]")).isVisible();
            look(visit, name + "-sign-in-wrong", scripts);
            page.locator("#identifier").fill(email);
            press(page, "form:has(#identifier) button");
            assertThat(page.locator("#code")).isVisible();
            look(visit, name + "-mailed", scripts);
            page.locator("#code").fill("00000000");
            press(page, "form:has(#code) button");
            assertThat(page.locator("[role=alert]")).isVisible();
            look(visit, name + "-mailed-wrong", scripts);
            page.locator("#code").fill(code(email).toLowerCase(Locale.ROOT).replace('-', ' '));
            press(page, "form:has(#code) button");
            assertThat(page.locator("button[value=allow]")).isVisible();
            look(visit, name + "-consent", scripts);
            assistant.isLetIn(answer(page, "allow"));
            assertThat(assistant
                            .result("get_my_profile", Map.of())
                            .at("/structuredContent/email")
                            .asText())
                    .isEqualTo(email);
            page.navigate("/account/sessions");
            assertThat(page.locator(".place")).hasCount(2);
            look(visit, name + "-sessions", scripts);
            page.navigate("/account/history");
            look(visit, name + "-history", scripts);
            page.navigate(server.origin() + "/oauth/authorize?client_id=nobody");
            assertThat(page.locator("h1")).isVisible();
            look(visit, name + "-unusable", scripts);
            page.navigate(server.origin() + "/oauth/in/" + "a".repeat(56));
            look(visit, name + "-dead", scripts);
        });
        server.secrets.assertUnknownTo(server.jar);
    }

    @Test
    void byPassphraseWithoutAnyMail() {
        Assistant assistant = new Assistant(server, "Example Assistant");
        Visit.on(server, "connect-passphrase", Visit.desktop(), visit -> {
            Page page = visit.page();
            visit.mayLeadTo(Assistant.CALLBACK);
            page.navigate(assistant.authorization());
            signInAsAda(page);
            assistant.isLetIn(answer(page, "allow"));
            assertThat(assistant
                            .result("get_my_profile", Map.of())
                            .at("/structuredContent/email")
                            .asText())
                    .isEqualTo(ADA);
        });
    }

    @Test
    void andSaysNoOrThatSomebodyElseIsToAnswer() {
        Assistant assistant = new Assistant(server, "Example Assistant");
        Visit.on(server, "connect-deny", Visit.desktop(), visit -> {
            Page page = visit.page();
            visit.mayLeadTo(Assistant.CALLBACK);
            page.navigate(assistant.authorization());
            signInAsAda(page);
            visit.button("Use another account").click();
            assertThat(page.locator("#identifier")).isVisible();
            signInAsAda(page);
            assertThat(answer(page, "deny")).contains("error=access_denied").doesNotContain("code=");
        });
    }

    /** The link is opened where the mail is read, in a browser that knows nothing yet. */
    @Test
    void byTheLinkInAnotherBrowser() {
        String email = server.residents.somebody();
        Assistant assistant = new Assistant(server, "Example Assistant");
        Visit.on(server, "connect-asked", Visit.desktop(), visit -> {
            visit.page().navigate(assistant.authorization());
            visit.page().locator("#identifier").fill(email);
            press(visit.page(), "form:has(#identifier) button");
            assertThat(visit.page().locator("#code")).isVisible();
        });
        Visit.on(server, "connect-link", Visit.phone(), visit -> {
            Page page = visit.page();
            visit.mayLeadTo(Assistant.CALLBACK);
            page.navigate(server.origin() + link(email));
            look(visit, "connect-link", true);
            visit.button("Sign in and decide").click();
            assertThat(page.locator("button[value=allow]")).isVisible();
            assistant.isLetIn(answer(page, "allow"));
        });
    }

    /** A page of somebody else's that lays ours under something that people like to click (RFC 9700, section 4.16). */
    @Test
    @Asvs("3.4.6")
    void butNeverInAFrame() {
        String address = new Assistant(server, "Example Assistant").authorization();
        try (Page page = LocalBrowser.CHROMIUM.browser().newPage()) {
            page.setContent("<iframe src=\"" + address.replace("&", "&amp;") + "\"></iframe>");
            // What the browser shows instead of a page that may not be framed.
            page.waitForCondition(() ->
                    page.frames().size() == 2 && page.frames().get(1).url().startsWith("chrome-error:"));
        }
    }

    private static void signInAsAda(Page page) {
        page.locator("#email").fill(ADA);
        page.locator("#passphrase").fill(PASSPHRASE);
        press(page, "form:has(#passphrase) button:not([type=button])");
        assertThat(page.locator("button[value=allow]")).isVisible();
        assertThat(page.locator("main")).containsText(ADA);
    }

    private static void press(Page page, String button) {
        page.locator(button).click();
    }

    /** Where the browser goes with the answer; nobody listens there, so it gets no further. */
    private static String answer(Page page, String decision) {
        Request answered = page.waitForRequest(
                request -> request.url().startsWith(Assistant.CALLBACK),
                () -> press(page, "button[value=" + decision + "]"));
        page.waitForURL(url -> url.startsWith(Assistant.CALLBACK) || url.startsWith("chrome-error:"));
        return answered.url();
    }

    /** Where there is no script, there is none of axe's either. */
    private static void look(Visit visit, String name, boolean scripts) {
        visit.picture(name);
        if (scripts) {
            visit.assertFits();
            Axe.assertClean(visit.page());
        }
    }

    private static String link(String email) {
        DevMailbox mailbox = new DevMailbox(server.client, email);
        return await().atMost(DELIVERY)
                .until(() -> mailbox.links("/oauth/in/"), links -> !links.isEmpty())
                .getFirst();
    }

    private static String code(String email) {
        DevMailbox mailbox = new DevMailbox(server.client, email);
        List<String> texts = await().atMost(DELIVERY).until(mailbox::texts, found -> !found.isEmpty());
        Matcher code = CODE.matcher(texts.getFirst());
        assertThat(code.find()).as(texts.getFirst()).isTrue();
        return server.secrets.keep(code.group(1));
    }
}
