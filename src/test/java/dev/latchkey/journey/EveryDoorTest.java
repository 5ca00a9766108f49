package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.contact.ContactField;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.session.AccessTokenService;
import dev.latchkey.session.SessionKeyService;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.LetIn;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever door a change comes in by: it is kept with what was there before, told to the owner, and taken back whole. */
@ParameterizedClass
@EnumSource(Database.class)
class EveryDoorTest {
    private static final String OLD = "an old passphrase";
    private static final String NEW = "a new passphrase";

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final Api api;
    private final Account owner;
    private final LetIn assistant;

    EveryDoorTest(Database database) {
        server = Contexts.server(
                database,
                Map.of(
                        "test.every-door",
                        true,
                        "latchkey.links-per-minute",
                        1000,
                        "latchkey.links-per-hour",
                        1000,
                        "latchkey.photos-per-hour",
                        1000));
        context = server.getApplicationContext();
        api = new Api(server);
        Account somebody = People.somebody(context);
        String hash = context.getBean(Passphrases.class).hash(OLD, "test");
        context.getBean(Accounts.class).updatePassphraseHash(somebody.id(), hash);
        owner = somebody.withPassphraseHash(hash);
        changeByPage("Ada", 64, null);
        contact("Augusta");
        assistant = LetIn.by(context, owner);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the page,                   LINK,            bio+name+nickname+passphrase+photo",
        "the API of a link,          LINK,            bio+passphrase",
        "an app's profile,           ACCOUNT_API,     bio+locale",
        "an app's photo,             ACCOUNT_API,     photo",
        "an app without a photo,     ACCOUNT_API,     photo",
        "an app's passphrase,        ACCOUNT_API,     passphrase",
        "session key: details,       SESSION_KEY_API, address1+first_name",
        "session key: password,      SESSION_KEY_API, passphrase",
        "an assistant's card,        GRANT,           bio+name",
    })
    @DisplayName("A change through any door is told, and its undo puts every byte back")
    void takesEveryChangeBackByteForByte(String way, String door, String fields) {
        String before = everything();
        long changes = changes();
        assertThat(through(way).status()).isIn(200, 204, 303);
        assertThat(everything()).isNotEqualTo(before);

        assertThat(changes()).isEqualTo(changes + 1);
        assertThat(newest("door")).isEqualTo(door);
        assertThat(newest("fields")).isEqualTo(fields.replace('+', ','));
        assertThat(newest("told")).isEqualTo(owner.email().value());
        Answer undone = api.post("/api/update/undo", Map.of("token", Links.undo(context, owner)));
        assertThat(undone.status()).isEqualTo(200);
        assertThat(undone.json().path("restored").valueStream().map(Object::toString))
                .containsExactlyElementsOf(Stream.of(fields.split("\\+"))
                        .map(field -> '"' + field + '"')
                        .toList());
        assertThat(everything()).isEqualTo(before);
        assertThat(newest("door")).isEqualTo("UNDO");
        assertThat(newest("told")).isEqualTo(owner.email().value());
        assertThat(Sql.count(context, "SELECT count(*) FROM sessions WHERE account_id = '" + owner.id() + "'"))
                .isZero();
    }

    private Answer through(String way) {
        return switch (way) {
            case "the page" -> changeByPage("Eve", 128, NEW);
            case "the API of a link" ->
                api.post(
                        "/api/update/save", Map.of("token", Links.fresh(context, owner), "bio", "", "passphrase", NEW));
            case "an app's profile" -> bearer().send("PUT", "/profile/me", Map.of("bio", "Eve", "locale", "fr"));
            case "an app's photo" -> bearer().upload("PUT", "/profile/me/photo", Map.of(), Images.jpeg(200, 64));
            case "an app without a photo" -> bearer().send("DELETE", "/profile/me/photo", null);
            case "an app's passphrase" ->
                bearer().send("PUT", "/profile/me/passphrase", Map.of("current", OLD, "new", NEW));
            case "session key: details" -> contact("Ernestina");
            case "session key: password" ->
                api.send(
                        "PUT",
                        "/forget_password",
                        Map.of(
                                "email",
                                owner.email().value(),
                                "session_key",
                                key(),
                                "new_password",
                                "abc123",
                                "confirm_new_password",
                                "abc123"));
            case "an assistant's card" -> card();
            default -> throw new IllegalArgumentException(way);
        };
    }

    private Answer card() {
        JsonNode draft = tool("propose_profile_change", Map.of("proposal", Map.of("name", "Eve", "bio", "I am Eve.")))
                .json()
                .path("result")
                .path("_meta")
                .path("latchkey/draft");
        return tool(
                "save_profile_draft",
                Map.of(
                        "requestId",
                        draft.path("requestId").asText(),
                        "version",
                        draft.path("version").asInt(),
                        "key",
                        draft.path("key").asText()));
    }

    private Answer tool(String name, Map<String, ?> arguments) {
        return api.post(
                "/mcp",
                Map.of(
                        "jsonrpc",
                        "2.0",
                        "id",
                        1,
                        "method",
                        "tools/call",
                        "params",
                        Map.of("name", name, "arguments", arguments)),
                "Authorization",
                assistant.bearer());
    }

    private Answer changeByPage(String name, int photo, @Nullable String passphrase) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "name",
                name,
                "bio",
                "I am " + name + ".\r\né",
                "nickname",
                name.toLowerCase(Locale.ROOT) + owner.pin()));
        if (passphrase != null) {
            fields.put("passphrase", passphrase);
        }
        return Api.browser(server)
                .upload("POST", "/edit/" + Links.fresh(context, owner), fields, Images.jpeg(photo, 64));
    }

    private Answer contact(String name) {
        Map<String, String> details = new HashMap<>(Map.of(
                "email",
                owner.email().value(),
                "first_name",
                name,
                "last_name",
                "Lovelace",
                "country",
                "England",
                "pin_code",
                "12345",
                "contact_country_code",
                "044",
                "contact_number",
                "0123456789"));
        if (!name.equals("Augusta")) {
            details.put("address1", "1 Some Street");
        }
        return api.send("PUT", "/user_mngt_user?email=" + owner.email().value() + "&session_key=" + key(), details);
    }

    private String key() {
        return context.getBean(SessionKeyService.class).open(owner, "").orElseThrow();
    }

    private Api bearer() {
        return new Api(
                server,
                "Authorization",
                "Bearer "
                        + context.getBean(AccessTokenService.class)
                                .issue(owner, "")
                                .orElseThrow()
                                .text());
    }

    /** Every column that a change may touch, of the profile, the account and the contact. */
    private String everything() {
        String contact = Arrays.stream(ContactField.values())
                .map(ContactField::key)
                .map(EveryDoorTest::shown)
                .collect(Collectors.joining(" || '|' || "));
        String profile = Stream.of("name", "pronouns", "nickname", "bio", "locale", "photo_hash")
                .map(EveryDoorTest::shown)
                .collect(Collectors.joining(" || '|' || "));
        String where = " WHERE account_id = '" + owner.id() + "'";
        return Sql.text(context, "SELECT " + profile + " FROM profiles" + where)
                + Sql.text(context, "SELECT " + contact + " FROM contacts" + where)
                + Sql.text(
                        context,
                        "SELECT email || " + shown("passphrase_hash") + " FROM accounts WHERE id = '" + owner.id()
                                + "'");
    }

    private static String shown(String column) {
        return "coalesce(" + column + ", '<none>')";
    }

    private long changes() {
        return Sql.count(context, "SELECT count(*) FROM changes WHERE account_id = '" + owner.id() + "'");
    }

    private String newest(String column) {
        return Sql.text(
                context,
                "SELECT " + column + " FROM changes WHERE account_id = '" + owner.id() + "' ORDER BY id DESC LIMIT 1");
    }
}
