package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import dev.latchkey.support.Answer;
import dev.latchkey.support.DevMailbox;
import dev.latchkey.support.InBrowser;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the chat to the saved page for somebody who reads no letter of ours: no English but names and the two words. */
@InBrowser
class LanguageStoryIT {
    private final DevServer server = DevServer.shared();

    @ParameterizedTest(name = "in {0}")
    @ValueSource(strings = {"ar", "ja", "zh-Hans"})
    @DisplayName("Chat, mail, form, mistakes, saved page, notice and dead links are in the person's own language")
    void leadsThrough(String language) {
        String email = server.residents.speaking(language);
        OwnLanguage own = new OwnLanguage(language).knows(email);
        DevMailbox mailbox = new DevMailbox(server.client, email);
        Visit.on(server, "story-" + language, Visit.phone().setLocale(language), visit -> {
            Page page = visit.page();
            page.navigate("/");
            look(visit, own, "landing");

            Answer init = ask(language, email);
            own.knows(init.text("matchPhrase")).read("Init", init.text("instructions"));
            own.read("Init of nobody", ask(language, "9" + email).text("detail"));
            JsonNode mail = newest(mailbox, 1);
            own.readMail(mail);
            String link = mail.path("links").path(0).asText();
            server.secrets.keep(link.replaceAll(".*/", ""));

            page.navigate(link);
            look(visit, own, "form");
            page.locator("#nickname").fill("9");
            page.locator("#passphrase").fill("9");
            page.locator("#accept-bio").check();
            save(page);
            assertThat(page.locator("[role=alert]").first()).isVisible();
            look(visit, own, "mistake");
            String nickname = "zyx_" + language.toLowerCase(Locale.ROOT).replace("-", "");
            page.locator("#nickname").fill(nickname);
            own.knows(nickname);
            page.locator("#passphrase").fill("");
            save(page);
            assertThat(page.locator(".changed li").first()).isVisible();
            look(visit, own, "saved");
            own.readMail(newest(mailbox, 2));
            Answer status = server.client.status(init.text("requestId"), "Accept-Language", language);
            own.read("Status", status.text("instructions"));

            page.navigate(link);
            look(visit, own, "used");
            String ended = server.freshLink(email);
            server.residents.letLinksExpire(email);
            page.navigate(ended);
            look(visit, own, "ended");
            own.assertNothingStrange();
        });
    }

    private Answer ask(String language, String email) {
        return server.client.action(
                "/api/update/init",
                "{\"email\":\"" + email + "\",\"proposal\":{\"bio\":\"123\"}}",
                "Accept-Language",
                language);
    }

    private static void save(Page page) {
        page.locator("form.card button[data-tallies]").click();
    }

    private static void look(Visit visit, OwnLanguage own, String name) {
        visit.assertFits();
        visit.picture("story-" + visit.page().evaluate("document.documentElement.lang") + "-" + name);
        own.read(visit.page());
    }

    /** The newest of so many mails to this person. */
    private static JsonNode newest(DevMailbox mailbox, int many) {
        return await().until(() -> mailbox.mails().toList(), mails -> mails.size() == many)
                .getFirst();
    }
}
