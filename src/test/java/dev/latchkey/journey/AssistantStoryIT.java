package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.latchkey.support.Answer;
import dev.latchkey.support.DevMailbox;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import dev.latchkey.support.OtherClients;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Somebody and their own assistant: it asks, they sign in by mail and allow it, it reads and proposes, they save on the card
 * in the chat, are told, and take it back, which shows the assistant out; it is let in again, and they end that themselves.
 */
@InBrowser
class AssistantStoryIT {
    private static final Duration DELIVERY = Duration.ofSeconds(20);
    private static final String BIO = "Builds small bridges.";

    private static DevServer server;

    @BeforeAll
    static void start() {
        OtherClients.assumeInstalled("node_modules/.bin/esbuild");
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
        Visit.on(server, "assistant-" + name, options, visit -> {
            visit.mayLeadTo(Assistant.CALLBACK);
            new Story(visit, name, scripts, email, new DevMailbox(server.client, email)).live();
        });
        server.secrets.assertUnknownTo(server.jar);
    }

    /**
     * One life.
     *
     * @param name of the pictures
     * @param scripts whether the person's browser runs any, axe's too; the chat always does
     */
    private record Story(Visit visit, String name, boolean scripts, String email, DevMailbox mailbox) {

        void live() {
            Assistant assistant = new Assistant(server, "Example Assistant");
            assertIsShownOut(assistant);

            signsInByMail(assistant);
            assistant.isLetIn(allows());
            readsAndProposesAndIsSaved(assistant);
            takesItBack();
            assertIsShownOut(assistant);
            assertThat(assistant.triesToRefresh().text("error")).isEqualTo("invalid_grant");

            Assistant another = new Assistant(server, "Another Assistant");
            signsInByMail(another);
            another.isLetIn(allows());
            another.refreshes();
            assertThat(another.result("get_my_profile", Map.of())
                            .at("/structuredContent/email")
                            .asText())
                    .isEqualTo(email);
            ends();
            assertIsShownOut(another);
        }

        private void signsInByMail(Assistant assistant) {
            Page page = visit.page();
            int mails = mailbox.links("/oauth/in/").size();
            page.navigate(assistant.authorization());
            look("sign-in");
            page.locator("#identifier").fill(email);
            page.locator("section form button").first().click();
            assertThat(page.locator(".phrase")).isVisible();
            look("mailed");
            page.navigate(newest("/oauth/in/", mails));
            look("in");
            page.locator("button[value=sign-in]").click();
            assertThat(page.locator("button[value=allow]")).isVisible();
        }

        /** Where the answer leads the browser. */
        private String allows() {
            look("consent");
            visit.page().locator("button[value=allow]").click();
            visit.page().waitForURL(Assistant.CALLBACK + "**");
            return visit.page().url();
        }

        private void readsAndProposesAndIsSaved(Assistant assistant) {
            JsonNode read = assistant.result("get_my_profile", Map.of());
            assertThat(read.at("/structuredContent/email").asText()).isEqualTo(email);

            int notices = mailbox.links("/undo/").size();
            JsonNode proposed = assistant.result("propose_profile_change", Map.of("proposal", Map.of("bio", BIO)));
            String key = server.secrets.keep(
                    proposed.at("/_meta/latchkey~1draft/key").asText());
            assertThat(key).isNotEmpty();
            assertThat(proposed.path("structuredContent").toString() + proposed.path("content"))
                    .doesNotContain(key);
            assertThat(server.residents.bioOf(email)).isNotEqualTo(BIO);

            try (CardHost chat = new CardHost(assistant.card(), Visit.desktop().setViewportSize(420, 560))) {
                chat.answersBy(call -> {
                    JsonNode params = Answer.json(call);
                    return assistant
                            .result(params.path("name").asText(), params.path("arguments"))
                            .toString();
                });
                Frame card = chat.show(Map.of("result", proposed));
                assertThat(card.locator("li label")).hasCount(1);
                chat.assertFits();
                Axe.assertClean(card);
                card.locator("#save").click();
                assertThat(card.locator("#status.good")).isVisible();
                Axe.assertClean(card);
                chat.picture("story-" + name);
            }
            assertThat(server.residents.bioOf(email)).isEqualTo(BIO);
            visit.page().navigate(newest("/undo/", notices));
            look("undo");
        }

        private void takesItBack() {
            visit.page().locator("button[name=undo]").click();
            visit.page().waitForURL("**/undo/**/done");
            assertThat(server.residents.bioOf(email)).isNotEqualTo(BIO);
        }

        private void ends() {
            Page page = visit.page();
            page.navigate("/account/sessions");
            look("places");
            page.locator(".place")
                    .filter(new Locator.FilterOptions().setHasText("Another Assistant"))
                    .locator("button")
                    .click();
            assertThat(page.locator("[role=alert]")).isVisible();
        }

        private static void assertIsShownOut(Assistant assistant) {
            Answer answer = assistant.calls("get_my_profile", Map.of());
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate"))
                    .contains("resource_metadata=\"" + server.origin() + "/.well-known/oauth-protected-resource/mcp\"");
        }

        /** The path of a link that was mailed after so many of its kind. */
        private String newest(String path, int before) {
            return await().atMost(DELIVERY)
                    .until(() -> mailbox.links(path), links -> links.size() > before)
                    .getFirst();
        }

        /** Nothing sticks out, axe is content, and there is a picture of it. */
        private void look(String picture) {
            visit.assertFits();
            visit.picture("assistant-" + picture + "-" + name);
            if (scripts) {
                Axe.assertClean(visit.page());
            }
        }
    }
}
