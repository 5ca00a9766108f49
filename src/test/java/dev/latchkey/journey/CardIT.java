package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.latchkey.journey.CardDrafts.BIO;
import static dev.latchkey.journey.CardDrafts.answer;
import static dev.latchkey.journey.CardDrafts.card;
import static dev.latchkey.journey.CardDrafts.draft;
import static dev.latchkey.journey.CardDrafts.exactly;
import static dev.latchkey.journey.CardDrafts.field;
import static dev.latchkey.journey.CardDrafts.json;
import static dev.latchkey.journey.CardDrafts.plain;
import static dev.latchkey.journey.CardDrafts.problem;
import static dev.latchkey.journey.CardDrafts.result;
import static dev.latchkey.journey.CardDrafts.save;
import static dev.latchkey.journey.CardDrafts.status;
import static dev.latchkey.journey.CardDrafts.success;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import dev.latchkey.support.OtherClients;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The card in a chat, whatever becomes of it: an MCP Apps host bridge in a browser that reaches nothing else. */
@InBrowser
class CardIT {
    @BeforeAll
    static void start() {
        OtherClients.assumeInstalled("node_modules/.bin/esbuild");
        LocalBrowser.CHROMIUM.browser();
    }

    @Test
    void showsNowAndProposedFieldByFieldAllTicked() {
        card(Map.of(), (host, card) -> {
            assertThat(card.locator("h1")).hasText("Proposed changes to your profile");
            assertThat(card.locator("li > label"))
                    .hasText(new String[] {"Name", "Nickname", "Language", "Bio", "Photo"});
            assertThat(card.locator("li").nth(0).locator("dd")).hasText(new String[] {"Ada Lovelace", "None"});
            assertThat(card.locator("li").nth(1).locator("dd")).hasText(new String[] {"None", "ada_king"});
            assertThat(card.locator("li").nth(2).locator("dd"))
                    .hasText(new String[] {"English", "Brazilian Portuguese"});
            assertThat(card.locator("del")).hasText("removed: small");
            assertThat(card.locator("ins")).hasText("added: wooden");
            assertThat(card.getByAltText("The proposed photo")).isVisible();
            assertThat(card.getByAltText("Your photo now")).isVisible();
            assertThat(card.evaluate("[...document.images].every((image) => image.naturalWidth > 0)"))
                    .isEqualTo(true);
            assertThat(card.locator("input:checked")).hasCount(5);
            assertThat(save(card)).hasText("Save 5 changes");
            card.getByLabel("Photo").uncheck();
            assertThat(save(card)).hasText("Save 4 changes");
            for (String name : List.of("Name", "Nickname", "Language")) {
                card.getByLabel(name, exactly()).uncheck();
            }
            assertThat(save(card)).hasText("Save 1 change");
        });
    }

    @Test
    void showsTextsThatDifferALotOneByOne() {
        Map<String, Object> draft = draft();
        draft.put("fields", List.of(field("bio", "Bio", BIO, "Quiet gardener, loud singer, early riser.\nNo email.")));
        card(Map.of("result", result(draft)), (host, card) -> {
            assertThat(card.locator("del, ins")).hasCount(0);
            assertThat(card.locator("li").first().locator("dd"))
                    .hasText(new String[] {BIO, "Quiet gardener, loud singer, early riser.\nNo email."});
        });
    }

    @Test
    @Asvs({"1.2.3", "3.2.2"})
    void whatPeopleWroteIsText() {
        Map<String, Object> draft = draft();
        draft.put("fields", List.of(field("name", "Name", "<b>Ada</b>", "<img src=http://evil.example/x onerror=1>")));
        draft.remove("photo");
        card(
                Map.of("result", result(draft)),
                (host, card) -> assertThat(card.locator("dd"))
                        .hasText(new String[] {"<b>Ada</b>", "<img src=http://evil.example/x onerror=1>"}));
    }

    @Test
    void savesWhatIsTickedOnceHoweverOftenItIsClicked() {
        Map<String, Object> saved = success("status", "saved", "changed", List.of("name", "bio", "photo"));
        Map<String, Object> options = Map.of(
                "answers",
                List.of(saved),
                "capabilities",
                Map.of("serverTools", Map.of(), "updateModelContext", Map.of()));
        card(options, (host, card) -> {
            card.getByLabel("Nickname").uncheck();
            card.getByLabel("Language").uncheck();
            save(card).dblclick();
            assertThat(status(card))
                    .hasText("Saved: Name, Bio, and Photo. We’ll email you about it."
                            + " If this wasn’t you, that email undoes the change.");
            assertThat(status(card)).isFocused();
            assertThat(save(card)).isHidden();
            assertThat(card.locator("li:visible > label")).hasText(new String[] {"Name", "Bio", "Photo"});
            assertThat(card.locator("input:visible")).hasCount(0);
            assertThat(host.calls()).hasSize(1);
            JsonNode call = host.calls().get(0);
            assertThat(call.path("name").asText()).isEqualTo("save_profile_draft");
            assertThat(call.path("arguments").toString())
                    .isEqualTo("{\"requestId\":\"a-request\",\"version\":3,\"key\":\"a-key\","
                            + "\"fields\":[\"name\",\"bio\",\"photo\"]}");
            assertThat(host.seen().path("told").toString()).contains("saved on the card: name, bio, photo");
            Axe.assertClean(card);
            host.picture("saved");
        });
    }

    @Test
    void saysThatItIsSaving() {
        card(Map.of("answers", List.of(Map.of("never", true))), (host, card) -> {
            save(card).click();
            assertThat(status(card)).hasText("Saving…");
            assertThat(save(card)).hasAttribute("aria-disabled", "true");
            assertThat(save(card)).isFocused();
            Axe.assertClean(card);
            host.page().keyboard().press("Enter");
            assertThat(host.calls()).hasSize(1);
        });
    }

    @Test
    void asksForATickWhereThereIsNone() {
        card(Map.of(), (host, card) -> {
            card.locator("input").all().forEach(Locator::uncheck);
            save(card).click();
            assertThat(status(card)).hasText("Nothing is ticked. Tick what you want to save.");
            assertThat(card.getByLabel("Name", exactly())).isFocused();
            assertThat(host.calls()).isEmpty();
            card.getByLabel("Bio").check();
            assertThat(status(card)).hasText("");
        });
    }

    @Test
    void marksWhatCannotBeSavedAndSavesTheRest() {
        Map<String, Object> taken = problem(
                "nickname-taken", List.of(Map.of("pointer", "/nickname", "detail", "Somebody has this nickname.")));
        Map<String, Object> saved = success("status", "saved", "changed", List.of("name", "locale", "bio", "photo"));
        card(Map.of("answers", List.of(taken, saved)), (host, card) -> {
            save(card).click();
            assertThat(card.locator("li").nth(1).locator(".wrong")).hasText("Somebody has this nickname.");
            assertThat(card.getByLabel("Nickname")).not().isChecked();
            assertThat(card.getByLabel("Nickname")).isFocused();
            assertThat(card.getByLabel("Nickname")).hasAccessibleDescription("Somebody has this nickname.");
            assertThat(status(card))
                    .hasText("Nothing is saved yet. What can’t be saved is marked and no longer ticked;"
                            + " you can save the rest.");
            assertThat(save(card)).hasText("Save 4 changes");
            Axe.assertClean(card);
            host.assertFits();
            host.picture("taken");
            save(card).click();
            assertThat(status(card)).containsText("Saved: Name, Language, Bio, and Photo.");
            assertThat(host.calls().get(1).path("arguments").path("fields").toString())
                    .isEqualTo("[\"name\",\"locale\",\"bio\",\"photo\"]");
        });
    }

    @Test
    void saysSoWhereNothingCanBeSaved() {
        Map<String, Object> draft = draft();
        draft.put("fields", List.of());
        Map<String, Object> refused =
                problem("invalid-fields", List.of(Map.of("pointer", "/photo", "detail", "It is damaged.")));
        card(Map.of("result", result(draft), "answers", List.of(refused)), (host, card) -> {
            save(card).click();
            assertThat(card.locator(".wrong")).hasText("It is damaged.");
            assertThat(status(card)).containsText("this can’t be saved as it is");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"version-conflict", "link-used", "link-expired", "link-revoked", "link-unknown"})
    void leadsToTheMailWhereTheDraftIsNoLongerGood(String problem) {
        ends(Map.of("answers", List.of(problem(problem, List.of()))), "It did not work, and here is why.");
        ends(
                Map.of("answers", List.of(answer(true, "type", "/problems/" + problem))),
                "or your profile was changed after it");
    }

    @Test
    void leadsToTheMailWhereTheChatRefusesToCallTools() {
        ends(Map.of("answers", List.of(Map.of("refuse", "Not allowed"))), "It could not be saved here. Open the link");
        ends(Map.of("answers", List.of(problem("insufficient-scope", List.of()))), "It could not be saved here.");
    }

    @Test
    void offersNoButtonWhereTheChatCallsNoTools() {
        card(Map.of("capabilities", Map.of()), (host, card) -> {
            assertThat(status(card))
                    .hasText("It could not be saved here. Open the link in the email instead."
                            + " Its subject has the words “amber falcon”.");
            assertThat(save(card)).isHidden();
            assertThat(card.locator("li")).hasCount(5);
            Axe.assertClean(card);
        });
    }

    @Test
    void leadsToTheMailWhereNoAnswerComes() {
        card(Map.of("answers", List.of(Map.of("never", true))), (host, card) -> {
            save(card).click();
            assertThat(status(card)).hasText("Saving…");
            host.page().clock().fastForward(31_000);
            assertThat(status(card))
                    .containsText("so we don’t know whether it was saved. Open the link in the email to see."
                            + " Its subject has the words “amber falcon”.");
            assertThat(save(card)).isHidden();
        });
    }

    @Test
    void saysThatThereWasNothingToSave() {
        ends(Map.of("answers", List.of(success("status", "unchanged", "changed", List.of()))), "nothing to save");
    }

    @Test
    void lastsThroughATroubleThatPasses() {
        Map<String, Object> saved = success("status", "saved", "changed", List.of("name"));
        card(Map.of("answers", List.of(problem("unavailable", List.of()), saved)), (host, card) -> {
            save(card).click();
            assertThat(status(card)).containsText("try again in a moment");
            save(card).click();
            assertThat(status(card)).containsText("Saved: Name.");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "\"draft\"",
                "{\"requestId\": \"a\", \"version\": 1, \"fields\": [{\"key\": \"bio\"}]}",
                "{\"requestId\": \"a\", \"version\": 1, \"key\": \"k\", \"fields\": [{\"key\": \"bio\"}]}",
                "{\"requestId\": \"a\", \"version\": 1, \"key\": \"k\", \"fields\": []}",
                "{\"requestId\": \"a\", \"version\": 1, \"key\": \"k\", \"fields\": [],"
                        + " \"photo\": {\"proposed\": \"https://evil.example/x.png\"}}"
            })
    void saysThatADraftIsBrokenOrMissing(String draft) throws IOException {
        Map<String, Object> result = new HashMap<>(success());
        result.put("_meta", Map.of("latchkey/draft", CardDrafts.JSON.readTree(draft)));
        card(Map.of("result", result), (host, card) -> {
            assertThat(status(card)).containsText("There is no draft to show. Open the link in the email");
            assertThat(save(card)).isHidden();
            host.assertFits();
            Axe.assertClean(card);
        });
    }

    @Test
    void waitsForItsDraftNotForEver() {
        try (CardHost host = new CardHost(CardHost.card(), plain())) {
            Frame card = host.show(Map.of());
            assertThat(status(card)).hasText("Waiting for the draft…");
            host.page().clock().fastForward(61_000);
            assertThat(status(card)).containsText("There is no draft to show.");
            host.page().evaluate("window.bridge.sendToolResult(" + json(result(draft())) + ")");
            assertThat(save(card)).hasText("Save 5 changes");
        }
    }

    @Test
    @Asvs("3.5.5")
    void listensToItsHostAlone() {
        try (CardHost host = new CardHost(CardHost.card(), plain())) {
            Frame card = host.show(Map.of());
            assertThat(status(card)).hasText("Waiting for the draft…");
            card.evaluate(
                    "result => new Promise(heard => {"
                            + " window.addEventListener('message', () => setTimeout(heard), { once: true });"
                            + " window.postMessage({ jsonrpc: '2.0', method: 'ui/notifications/tool-result', params: result }, '*'); })",
                    Map.of("structuredContent", Map.of("token", "forged")));
            assertThat(status(card)).hasText("Waiting for the draft…");
            host.page().evaluate("window.bridge.sendToolResult(" + json(result(draft())) + ")");
            assertThat(save(card)).hasText("Save 5 changes");
        }
    }

    @Test
    void doesNotWaitForAHostThatIsSilent() {
        try (CardHost host = new CardHost(CardHost.card(), plain())) {
            Frame card = host.show(Map.of("deaf", true));
            host.page().clock().fastForward(11_000);
            assertThat(status(card)).containsText("Open the link in the email");
        }
    }

    @Test
    void isWorkedByKeyboardAlone() {
        card(Map.of("answers", List.of(success("status", "saved", "changed", List.of("nickname")))), (host, card) -> {
            card.getByLabel("Name", exactly()).focus();
            host.page().keyboard().press("Space");
            assertThat(save(card)).hasText("Save 4 changes");
            for (int i = 0; i < 5; i++) {
                host.page().keyboard().press("Tab");
            }
            assertThat(save(card)).isFocused();
            host.page().keyboard().press("Enter");
            assertThat(status(card)).containsText("Saved: Nickname.");
        });
    }

    private static void ends(Map<String, ?> options, String sentence) {
        card(options, (host, card) -> {
            save(card).click();
            assertThat(status(card)).containsText(sentence);
            assertThat(save(card)).isHidden();
            assertThat(card.locator("li")).hasCount(5);
            Axe.assertClean(card);
            host.assertFits();
        });
    }
}
