package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.api.mcp.McpClient.Reply;
import dev.latchkey.history.Door;
import dev.latchkey.history.HistoryEntry;
import dev.latchkey.history.HistoryService;
import dev.latchkey.history.Origin;
import dev.latchkey.history.UndoService;
import dev.latchkey.mail.MailComposer;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxState;
import dev.latchkey.photo.ImageHost;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.session.Sessions;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.LetIn;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.email.BodyType;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The click on the card, as hosts pass it on. */
@ParameterizedClass
@EnumSource(Database.class)
final class SaveDraftToolTest {
    private static final String TOOL = "save_profile_draft";
    private static final String DRAFT = "\"proposal\":{\"name\":\"Ada L.\",\"bio\":\"Keeps bees.\"}";
    private static final ImageHost HOST = ImageHost.shared();

    private final ApplicationContext context;
    private final McpClient client;
    private final MutableClock clock;
    private final Account ada;
    private final LetIn assistant;

    SaveDraftToolTest(Database database) {
        EmbeddedServer server = Contexts.server(
                database,
                Map.of("test.clock", true, "test.image-host", true, "latchkey.image-hosts", HOST.authority()));
        context = server.getApplicationContext();
        client = new McpClient(server);
        clock = context.getBean(MutableClock.class);
        ada = People.somebody(context);
        assistant = LetIn.by(context, ada);
    }

    @Test
    @DisplayName("One click saves the whole draft, uses its link up, and is told to the owner in the client's name")
    void savesTheDraft() {
        JsonNode card = propose(DRAFT);
        Reply reply = save(card, "");

        assertThat(reply.facts().path("status").asText()).isEqualTo("saved");
        assertThat(reply.facts().path("changed").toString()).isEqualTo("[\"bio\",\"name\"]");
        assertThat(stored().name()).isEqualTo("Ada L.");
        assertThat(stored().bio()).isEqualTo("Keeps bees.");
        assertThat(state(card)).isEqualTo("saved");

        HistoryEntry told = context.getBean(HistoryService.class)
                .page(ada.id(), null, 50)
                .entries()
                .getFirst();
        assertThat(told.client()).isEqualTo(LetIn.CLIENT);
        assertThat(told.door()).isEqualTo("grant");
        assertThat(told.fields()).containsExactlyInAnyOrder("bio", "name");
        MailContent.Message notice = notice();
        assertThat(notice.to()).isEqualTo(ada.email().value());
        assertThat(notice.model())
                .containsEntry("who", LetIn.CLIENT)
                .containsEntry("by", List.of("grant-draft"))
                .containsEntry("matchPhrase", card.path("matchPhrase").asText());
        assertThat(text(notice))
                .contains("The change was proposed by " + LetIn.CLIENT + " and saved in the chat with it, "
                        + card.path("matchPhrase").asText() + ".");

        context.getBean(UndoService.class).undoChange(ada.id(), told.id());
        assertThat(stored().name()).isNull();
        assertThat(save(card, "").status()).as("an undo ends grants").isEqualTo(401);
    }

    @Test
    @DisplayName("fields chooses some of what is proposed")
    void savesSomeFields() {
        JsonNode card = propose(DRAFT);

        assertThat(save(card, ",\"fields\":[\"bio\"]").facts().path("changed").toString())
                .isEqualTo("[\"bio\"]");
        assertThat(stored().name()).isNull();
        assertThat(stored().bio()).isEqualTo("Keeps bees.");
    }

    @Test
    @DisplayName("A proposed photo becomes the photo that everybody sees")
    void savesThePhoto() {
        JsonNode card = propose(
                "\"photo\":{\"download_url\":\"https://%s/image\",\"file_id\":\"f\"}".formatted(HOST.authority()));
        assertThat(card.path("photo").path("proposed").asText()).startsWith("data:image/jpeg;base64,/9j/");
        assertThat(card.path("photo").has("now")).isFalse();

        assertThat(save(card, "").facts().path("changed").toString()).isEqualTo("[\"photo\"]");
        assertThat(stored().photoHash())
                .isEqualTo(Images.processed(context, ImageHost.IMAGE).hash());
        clock.advance(Duration.ofMinutes(2));
        JsonNode next = propose(
                "\"photo\":{\"download_url\":\"https://%s/secret\",\"file_id\":\"f\"}".formatted(HOST.authority()));
        assertThat(next.path("photo").path("now").asText())
                .isEqualTo(card.path("photo").path("proposed").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "version", "requestId"})
    @DisplayName("Without the card's own key, version and request nothing is saved")
    void needsTheKey(String member) {
        JsonNode card = propose(DRAFT);
        String other = switch (member) {
            case "key" -> arguments(card).replaceFirst("\"key\":\"[^\"]*", "\"key\":\"" + "A".repeat(43));
            case "version" -> arguments(card).replaceFirst("\"version\":\\d+", "\"version\":17");
            default -> arguments(card).replaceFirst("\"requestId\":\"[^\"]*", "\"requestId\":\"" + UUID.randomUUID());
        };

        assertRefused(call(other), "forbidden", "Only the card that shows a draft can save it");
        String without = arguments(card)
                .replaceFirst("\"" + member + "\":(\"[^\"]*\"|\\d+),?", "")
                .replaceFirst(",$", "");
        assertRefused(call(without), "invalid-request", "Send requestId, version and key");
        assertUntouched();
    }

    @Test
    @DisplayName("A key of another grant, of the same or of another owner, saves nothing")
    void belongsToItsGrant() {
        JsonNode card = propose(DRAFT);
        LetIn second = LetIn.by(context, ada);
        LetIn foreign = LetIn.by(context, People.somebody(context));

        for (LetIn other : List.of(second, foreign)) {
            assertRefused(
                    client.tool(TOOL, arguments(card), "Authorization", other.bearer()), "forbidden", "Only the card");
        }
        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "[\"nickname\"]", "[\"passphrase\"]", "[\"nothing\"]", "[5]", "\"bio\"", "{\"bio\":true}"})
    @DisplayName("Fields that the draft does not propose, a passphrase among them, are refused")
    void savesWhatWasProposedAlone(String fields) {
        assertRefused(
                save(propose(DRAFT), ",\"fields\":" + fields),
                "invalid-request",
                "Name only fields that the draft proposes.");
        assertUntouched();
    }

    @Test
    @DisplayName("Texts beside the key are not listened to: what was shown is what is saved")
    void savesWhatWasShown() {
        save(
                propose(DRAFT),
                ",\"name\":\"Mallory\",\"proposal\":{\"name\":\"Mallory\"},\"passphrase\":\"hunter2hunter2\"");

        assertThat(stored().name()).isEqualTo("Ada L.");
        assertThat(context.getBean(OwnProfiles.class)
                        .find(ada.id())
                        .orElseThrow()
                        .hasPassphrase())
                .isFalse();
    }

    @Test
    @DisplayName("A profile that was changed meanwhile: a conflict that leads to the mailed link, which still works")
    void refusesAStaleVersion() {
        JsonNode card = propose(DRAFT);
        String token =
                Links.arrived(context, UUID.fromString(card.path("requestId").asText()));
        write(Map.of(ProfileField.NAME, "Somebody was faster"));

        assertRefused(
                save(card, ""),
                "version-conflict",
                "open the link in the email with the words “"
                        + card.path("matchPhrase").asText() + "”");
        assertThat(stored().name()).isEqualTo("Somebody was faster");
        assertThat(context.getBean(ProfileEdits.class).save(token, ProfileChange.of(Map.of(ProfileField.BIO, "Mine."))))
                .isInstanceOf(SaveOutcome.Saved.class);
    }

    @Test
    @DisplayName("A draft that was saved, withdrawn, expired or is its owner's no longer saves nothing")
    void refusesADeadDraft() {
        JsonNode used = propose(DRAFT);
        save(used, "");
        assertRefused(save(used, ""), "link-used", "This draft was already saved, on ");

        clock.advance(Duration.ofMinutes(2));
        JsonNode revoked = propose("\"proposal\":{\"name\":\"Countess\"}");
        clock.advance(Duration.ofMinutes(2));
        save(propose("\"proposal\":{\"bio\":\"Another.\"}"), "");
        assertRefused(save(revoked, ""), "link-revoked", "This draft was withdrawn");

        clock.advance(Duration.ofMinutes(2));
        JsonNode expired = propose("\"proposal\":{\"name\":\"Countess\"}");
        Links.arrived(context, UUID.fromString(expired.path("requestId").asText()));
        clock.advance(Duration.ofMinutes(16));
        assertRefused(save(expired, ""), "link-expired", "This draft has expired.");
        assertThat(stored().name()).isEqualTo("Ada L.");
    }

    @Test
    @DisplayName("Nothing differs from what is stored: nothing is written, and the link lives on")
    void writesNothingForNothing() {
        write(Map.of(ProfileField.NAME, "Ada L.", ProfileField.BIO, "Keeps bees."));
        JsonNode card = propose(DRAFT);
        Reply reply = save(card, "");

        assertThat(reply.facts().path("status").asText()).isEqualTo("unchanged");
        assertThat(reply.facts().path("changed")).isEmpty();
        assertThat(stored().version()).isEqualTo(1);
        assertThat(state(card)).isIn("queued", "sent");
    }

    @Test
    @DisplayName("A nickname that somebody took meanwhile is named, and the rest can be saved")
    void namesWhatCannotBeSaved() {
        Account other = People.somebody(context);
        String taken = "taken_" + other.pin();
        OwnProfiles profiles = context.getBean(OwnProfiles.class);
        profiles.create(
                profiles.find(other.id()).orElseThrow(),
                ProfileChange.of(Map.of(ProfileField.NICKNAME, taken)),
                Origin.of(Door.ACCOUNT_API),
                null);
        JsonNode card = propose("\"proposal\":{\"nickname\":\"" + taken + "\",\"bio\":\"Keeps bees.\"}");

        Reply refused = save(card, "");
        assertRefused(refused, "invalid-fields", "nickname");
        assertThat(refused.facts().path("errors").path(0).path("pointer").asText())
                .isEqualTo("/nickname");
        assertThat(save(card, ",\"fields\":[\"bio\"]").facts().path("status").asText())
                .isEqualTo("saved");
    }

    @Test
    @DisplayName("A click in a chat proves no mailbox: it verifies nobody, and gives nobody a nickname before they are")
    void provesNoMailbox() {
        Sql.run(context, "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + ada.id() + "'");
        JsonNode card = propose("\"proposal\":{\"nickname\":\"countess\",\"bio\":\"Keeps bees.\"}");

        assertRefused(save(card, ""), "invalid-fields", "nickname");
        assertThat(save(card, ",\"fields\":[\"bio\"]").facts().path("status").asText())
                .isEqualTo("saved");
        assertThat(context.getBean(Accounts.class)
                        .findById(ada.id())
                        .orElseThrow()
                        .verified())
                .isFalse();
    }

    @Test
    @DisplayName("A draft whose link was used on its page is told as asked for by the client")
    void tellsWhoAskedForTheLink() {
        JsonNode card = propose(DRAFT);
        UUID requestId = UUID.fromString(card.path("requestId").asText());
        assertThat(text(Links.mailed(context, requestId))).contains("It was requested by " + LetIn.CLIENT);
        context.getBean(ProfileEdits.class)
                .save(Links.arrived(context, requestId), ProfileChange.of(Map.of(ProfileField.BIO, "Mine.")));

        assertThat(text(notice()))
                .contains("The change came from a link that " + LetIn.CLIENT + " asked for, "
                        + card.path("matchPhrase").asText() + ".");
    }

    @Test
    @DisplayName("A grant that ends while its card saves writes nothing, and the link lives on")
    void writesNothingForAGrantThatEnds() {
        JsonNode card = propose(DRAFT);
        String token =
                Links.arrived(context, UUID.fromString(card.path("requestId").asText()));
        ProfileEdits.Chat ended =
                new ProfileEdits.Chat(ada.id(), assistant.grant().id(), LetIn.CLIENT);
        context.getBean(Sessions.class).remove(ended.session());

        ProfileChange change = ProfileChange.of(Map.of(ProfileField.BIO, "Too late."));
        assertThat(context.getBean(ProfileEdits.class).save(token, ended, change))
                .isInstanceOf(SaveOutcome.LinkRefused.class);
        assertUntouched();
        assertThat(context.getBean(ProfileEdits.class).save(token, change)).isInstanceOf(SaveOutcome.Saved.class);
    }

    @Test
    @DisplayName("Of many clicks on one card one saves")
    void letsOneClickWin() throws Exception {
        JsonNode card = propose(DRAFT);
        List<Reply> replies = Race.of(8, () -> save(card, ""));

        assertThat(replies).filteredOn(reply -> !reply.isError()).hasSize(1);
        assertThat(stored().version()).isEqualTo(1);
    }

    @Test
    @DisplayName("Of the card, the mailed link and the card of another draft, at once, one wins")
    void letsOneDoorWin() throws Exception {
        JsonNode first = propose(DRAFT);
        String token =
                Links.arrived(context, UUID.fromString(first.path("requestId").asText()));
        clock.advance(Duration.ofMinutes(2));
        JsonNode second = propose("\"proposal\":{\"bio\":\"Another bio.\"}");
        List<Callable<Boolean>> doors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            doors.add(() -> !save(first, "").isError());
            doors.add(() -> !save(second, "").isError());
            doors.add(() -> context.getBean(ProfileEdits.class)
                            .save(token, ProfileChange.of(Map.of(ProfileField.BIO, "By the link.")))
                    instanceof SaveOutcome.Saved);
        }

        assertThat(Race.of(doors)).filteredOn(won -> won).hasSize(1);
        assertThat(stored().version()).isEqualTo(1);
        assertThat(Sql.count(
                        context,
                        "SELECT count(*) FROM changes WHERE account_id = '" + ada.id()
                                + "' AND request_id IS NOT NULL"))
                .isOne();
    }

    private JsonNode propose(String arguments) {
        Reply reply = client.tool("propose_profile_change", arguments, "Authorization", assistant.bearer());
        assertThat(reply.isError()).as(reply.answer().text()).isFalse();
        return reply.result().path("_meta").path("latchkey/draft");
    }

    private Reply save(JsonNode card, String more) {
        return call(arguments(card) + more);
    }

    private Reply call(String arguments) {
        return client.tool(TOOL, arguments, "Authorization", assistant.bearer());
    }

    private static String arguments(JsonNode card) {
        return "\"requestId\":\"%s\",\"version\":%d,\"key\":\"%s\""
                .formatted(
                        card.path("requestId").asText(),
                        card.path("version").asInt(),
                        card.path("key").asText());
    }

    private static void assertRefused(Reply reply, String problem, String sentence) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.isError()).isTrue();
        assertThat(reply.text()).contains(sentence);
        assertThat(reply.facts().path("type").asText()).isEqualTo("/problems/" + problem);
        assertThat(reply.facts().path("detail").asText()).isEqualTo(reply.text());
    }

    private void assertUntouched() {
        assertThat(stored().exists()).isFalse();
    }

    private Profile stored() {
        return context.getBean(OwnProfiles.class).find(ada.id()).orElseThrow().profile();
    }

    private String state(JsonNode card) {
        return client.tool(
                        "get_profile_edit_status",
                        "\"requestId\":" + card.path("requestId"),
                        "Authorization",
                        assistant.bearer())
                .facts()
                .path("state")
                .asText();
    }

    private void write(Map<ProfileField, String> texts) {
        OwnProfiles profiles = context.getBean(OwnProfiles.class);
        profiles.create(
                profiles.find(ada.id()).orElseThrow(), ProfileChange.of(texts), Origin.of(Door.ACCOUNT_API), null);
    }

    private String text(MailContent.Message mail) {
        return context.getBean(MailComposer.class)
                .compose(UUID.randomUUID(), mail)
                .orElseThrow()
                .email()
                .getBody()
                .get(BodyType.TEXT)
                .orElseThrow()
                .replaceAll("\\s+", " ");
    }

    /** Of the newest change, as it would be written now. */
    private MailContent.Message notice() {
        String id = Sql.text(
                context, "SELECT id FROM changes WHERE account_id = '" + ada.id() + "' ORDER BY id DESC LIMIT 1");
        Instant now = context.getBean(Clock.class).instant();
        MailKind kind = context.getBeansOfType(MailKind.class).stream()
                .filter(candidate -> candidate.names().contains("changed"))
                .findFirst()
                .orElseThrow();
        return (MailContent.Message) kind.compose(new OutboxMessage(
                        UUID.randomUUID(), "changed", id, OutboxState.WAITING, now, null, 1, null, now))
                .orElseThrow();
    }
}
