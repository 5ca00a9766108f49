package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.api.mcp.McpClient.Reply;
import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.mail.MailContent;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.LetIn;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an assistant that was let in reads and drafts. */
final class SignedInToolsTest {
    private static final String PROPOSE = "propose_profile_change";

    private final EmbeddedServer server = Contexts.server(Database.SQLITE, Map.of("test.clock", true));
    private final ApplicationContext context = server.getApplicationContext();
    private final McpClient client = new McpClient(server);
    private final Account ada = People.somebody(context);
    private final LetIn assistant = LetIn.by(context, ada);

    @Test
    @DisplayName("get_my_profile tells what Load tells, and nothing of a token, before there is a profile and after")
    void tellsTheOwnProfile() {
        for (Reply reply : client.inBothEras("get_my_profile", "", "Authorization", assistant.bearer())) {
            assertThat(reply.facts().path("email").asText())
                    .isEqualTo(ada.email().value());
            assertThat(reply.facts().path("name").isNull()).isTrue();
            assertThat(reply.facts().path("version").asInt()).isZero();
        }
        write(ada, Map.of(ProfileField.NAME, "Ada", ProfileField.BIO, "Keeps bees."));

        JsonNode facts = client.tool("get_my_profile", "", "Authorization", assistant.bearer())
                .facts();
        assertThat(facts.path("name").asText()).isEqualTo("Ada");
        assertThat(facts.path("bio").asText()).isEqualTo("Keeps bees.");
        assertThat(facts.path("pin").asInt()).isEqualTo(ada.pin());
        assertThat(facts.path("tier").asText()).isEqualTo("FREE");
        assertThat(facts.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "email",
                        "pin",
                        "name",
                        "pronouns",
                        "nickname",
                        "locale",
                        "bio",
                        "photoUrl",
                        "hasPassphrase",
                        "tier",
                        "version");
    }

    @Test
    @DisplayName("One person's grant never shows or drafts another's, whatever its arguments say")
    @Asvs({"8.2.2", "10.3.3"})
    void staysWithItsOwnAccount() {
        Account other = People.somebody(context);
        write(other, Map.of(ProfileField.NAME, "Somebody else"));
        String names = "\"email\":\"%s\",\"pin\":%d,\"profile_number\":%d,\"account\":\"%s\",\"accountId\":\"%s\""
                .formatted(other.email(), other.pin(), other.pin(), other.id(), other.id());

        Reply read = client.tool("get_my_profile", names, "Authorization", assistant.bearer());
        assertThat(read.facts().path("email").asText()).isEqualTo(ada.email().value());
        Reply drafted = client.tool(
                PROPOSE, names + ",\"proposal\":{\"name\":\"Mallory\"}", "Authorization", assistant.bearer());
        assertThat(Sql.text(
                        context,
                        "SELECT account_id FROM link_requests WHERE id = '"
                                + drafted.facts().path("requestId").asText() + "'"))
                .isEqualTo(ada.id().toString());
        assertThat(drafted.answer().text()).doesNotContain("Somebody else");
    }

    @Test
    @DisplayName("A draft is mailed like Init's, in the name of who asked, and shown on its page")
    void draftsAChange() {
        write(ada, Map.of(ProfileField.NAME, "Ada"));
        Reply reply = client.tool(
                PROPOSE, "\"proposal\":{\"name\":\"Ada L.\",\"locale\":\"de\"}", "Authorization", assistant.bearer());

        JsonNode facts = reply.facts();
        assertThat(facts.path("status").asText()).isEqualTo("accepted");
        assertThat(facts.path("proposed").toString()).isEqualTo("[\"locale\",\"name\"]");
        assertThat(facts.path("instructions").asText())
                .contains(facts.path("matchPhrase").asText(), "nothing is saved yet");
        UUID requestId = UUID.fromString(facts.path("requestId").asText());
        MailContent.Message mail = Links.mailed(context, requestId);
        assertThat(mail.to()).isEqualTo(ada.email().value());
        assertThat(mail.model()).containsEntry("by", List.of("grant-named")).containsEntry("who", LetIn.CLIENT);
        Answer page = Api.browser(server).get("/edit/" + Links.arrived(context, requestId));
        assertThat(page.text()).contains(LetIn.CLIENT, "Ada L.");
    }

    @Test
    @DisplayName("The card promises a mail to nobody whose address was never confirmed")
    void promisesMailToConfirmedAddressesOnly() {
        assertThat(draftOf("First").path("texts").path("saved.mail").asText()).contains("email");

        Sql.run(context, "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + ada.id() + "'");
        assertThat(draftOf("Second").path("texts").path("saved.mail").asText()).isEmpty();
    }

    private JsonNode draftOf(String name) {
        return client.tool(PROPOSE, "\"proposal\":{\"name\":\"" + name + "\"}", "Authorization", assistant.bearer())
                .result()
                .path("_meta")
                .path("latchkey/draft");
    }

    @Test
    @DisplayName("The card is told now → proposed and how to save, in _meta alone; the text says the same for people")
    void tellsTheCard() {
        write(ada, Map.of(ProfileField.NAME, "Ada"));
        Reply reply = client.tool(
                PROPOSE, "\"proposal\":{\"name\":\"Ada L.\",\"locale\":\"de\"}", "Authorization", assistant.bearer());

        JsonNode card = reply.result().path("_meta").path("latchkey/draft");
        assertThat(card.path("requestId")).isEqualTo(reply.facts().path("requestId"));
        assertThat(card.path("version").asInt()).isEqualTo(1);
        assertThat(card.path("language").asText()).isEqualTo("en");
        assertThat(card.path("direction").asText()).isEqualTo("ltr");
        assertThat(card.path("texts").path("title").asText()).isEqualTo("Proposed changes to your profile");
        assertThat(card.path("fields").toString())
                .isEqualTo("[{\"key\":\"name\",\"label\":\"name\",\"now\":\"Ada\",\"proposed\":\"Ada L.\"},"
                        + "{\"key\":\"locale\",\"label\":\"language\",\"now\":\"\",\"proposed\":\"German\"}]");
        assertThat(reply.facts().toString())
                .doesNotContain("Ada L.", card.path("key").asText());
        String content = reply.result().path("content").toString();
        assertThat(content)
                .contains("name: Ada → Ada L.")
                .doesNotContain(card.path("key").asText());
        assertThat(reply.result().path("resultType").asText()).isEqualTo("complete");
    }

    @Test
    @DisplayName("Who may propose but not read is told nothing of what is stored, but on the card")
    void keepsWhatIsStoredFromModels() {
        write(ada, Map.of(ProfileField.NAME, "Ada"));
        LetIn narrow = LetIn.by(context, ada, GrantScope.PROPOSE);
        Reply reply = client.tool(PROPOSE, "\"proposal\":{\"name\":\"Countess\"}", "Authorization", narrow.bearer());

        assertThat(reply.result().path("content").toString())
                .contains("name: → Countess")
                .doesNotContain("Ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"name\":\"Bare\"",
                "\"proposal\":\"{\\\"name\\\":\\\"Bare\\\"}\"",
                "\"name\":\"Other\",\"proposal\":{\"name\":\"Bare\"}"
            })
    @DisplayName("Fields beside the proposal, and a proposal that is a string of JSON, count as well")
    void takesFieldsHoweverTheyCome(String arguments) {
        Reply reply = client.tool(PROPOSE, arguments, "Authorization", assistant.bearer());

        assertThat(reply.result()
                        .path("_meta")
                        .path("latchkey/draft")
                        .path("fields")
                        .path(0)
                        .path("proposed")
                        .asText())
                .isEqualTo("Bare");
    }

    @Test
    @DisplayName("Nothing, a passphrase, or what cannot be kept is refused, and nothing is mailed")
    void refusesWhatIsNoDraft() {
        assertRefused("", "The proposal is empty: send at least one field, or a photo.");
        assertRefused("\"proposal\":{\"name\":\" \"}", "The proposal is empty");
        assertRefused("\"proposal\":{\"passphrase\":\"hunter2hunter2\"}", "A passphrase never goes through the chat");
        assertRefused("\"passphrase\":\"hunter2hunter2\"", "A passphrase never goes through the chat");
        assertRefused("\"proposal\":{\"nickname\":\"no good\"}", "The proposal cannot be made");
        assertRefused("\"proposal\":7", "proposal");
        assertThat(Sql.count(context, "SELECT count(*) FROM link_requests WHERE account_id = '" + ada.id() + "'"))
                .isZero();
    }

    @Test
    @DisplayName("Over the account's limit, the model is told when to try again")
    void keepsToTheLimits() {
        String arguments = "\"proposal\":{\"name\":\"Ada\"}";
        client.tool(PROPOSE, arguments, "Authorization", assistant.bearer());

        assertRefused(arguments, "60 seconds");
    }

    @Test
    @DisplayName("Whoever switched assistants off gets no drafts, and the model is told so")
    void respectsTheOwnersChoice() {
        context.getBean(Accounts.class).letAssistantsAsk(ada.id(), false);

        assertRefused("\"proposal\":{\"name\":\"Ada\"}", "The user has switched off proposals by assistants.");
    }

    @Test
    @DisplayName("The owner's assistant is told the true state of the owner's requests, and of nobody else's")
    void tellsTheStateToItsOwner() {
        Account other = People.somebody(context);
        String others = client.tool("request_profile_edit_link", "\"email\":\"" + other.email() + "\"")
                .facts()
                .path("requestId")
                .asText();
        String own = client.tool(PROPOSE, "\"proposal\":{\"name\":\"Ada\"}", "Authorization", assistant.bearer())
                .facts()
                .path("requestId")
                .asText();
        for (String id : List.of(own, others)) {
            Sql.run(context, "UPDATE link_requests SET state = 'REVOKED' WHERE id = '" + id + "'");
        }

        assertThat(state(own)).isEqualTo("revoked");
        assertThat(state(others)).isEqualTo("sent");
    }

    @Test
    @DisplayName("An assistant is answered in its owner's language where it asks for none")
    void speaksTheOwnersLanguage() {
        write(ada, Map.of(ProfileField.LOCALE, "de"));

        assertThat(client.tool(PROPOSE, "", "Authorization", assistant.bearer()).text())
                .startsWith("Im Vorschlag steht nichts");
        context.getBean(MutableClock.class).advance(Duration.ofMinutes(2));
        JsonNode card = client.tool(PROPOSE, "\"proposal\":{\"name\":\"Ada\"}", "Authorization", assistant.bearer())
                .result()
                .path("_meta")
                .path("latchkey/draft");
        assertThat(card.path("language").asText()).isEqualTo("de");
        assertThat(card.path("texts").path("now").asText()).isEqualTo("Jetzt");
        assertThat(client.tool(PROPOSE, "", "Authorization", assistant.bearer(), "Accept-Language", "en")
                        .text())
                .startsWith("The proposal is empty");
    }

    private void assertRefused(String arguments, String sentence) {
        Reply reply = client.tool(PROPOSE, arguments, "Authorization", assistant.bearer());
        assertThat(reply.isError()).isTrue();
        assertThat(reply.text()).contains(sentence);
    }

    private String state(String requestId) {
        return client.tool(
                        "get_profile_edit_status",
                        "\"requestId\":\"" + requestId + "\"",
                        "Authorization",
                        assistant.bearer())
                .facts()
                .path("state")
                .asText();
    }

    private void write(Account account, Map<ProfileField, String> texts) {
        OwnProfiles profiles = context.getBean(OwnProfiles.class);
        Origin origin = Origin.of(Door.ACCOUNT_API);
        profiles.create(profiles.find(account.id()).orElseThrow(), ProfileChange.of(texts), origin, null);
    }
}
