package dev.latchkey.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.assistant.Assistants;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.Profiles;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LanguagesTest {
    private final Api action = new Api(Assistants.reporting());
    private final Account account = People.somebody(Assistants.context());

    @Test
    @DisplayName("instructions and detail are in the language of Accept-Language")
    void followsTheCall() {
        String init = "{\"email\":\"" + account.email() + "\"}";
        Answer accepted = action.action("/api/update/init", init, "Accept-Language", "de-AT, en;q=0.5");

        assertThat(accepted.text("instructions")).startsWith("Sag der Nutzerin oder dem Nutzer:");
        assertThat(action.action("/api/update/init", init, "Accept-Language", "de")
                        .text("detail"))
                .isEqualTo("Vor Kurzem wurde schon ein Link angefordert. Zuerst ins Postfach schauen; ein weiterer Link"
                        + " ist in 60 Sekunden möglich.");
        assertThat(action.status(accepted.text("requestId"), "Accept-Language", "de")
                        .text("instructions"))
                .isNotEqualTo(action.status(accepted.text("requestId")).text("instructions"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xx", "*", "de;q=nope"})
    @DisplayName("A language without texts, or a header nobody can read, gives English")
    void fallsBackToEnglish(String header) {
        assertThat(action.action("/api/update/init", "{}", "Accept-Language", header)
                        .text("detail"))
                .startsWith("Send either email or pin");
    }

    @Test
    @DisplayName("A header at which the framework would stumble is refused with 400")
    void refusesWhatIsNoHeader() {
        assertThat(action.action("/api/update/init", "{}", "Accept-Language", ";;;")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(UnknownUser.class)
    @DisplayName("Init, Status and MCP never show the language of an account, as anybody may ask for its link")
    void keepsTheLanguageOfAnAccountToItself(UnknownUser mode) {
        EmbeddedServer server = Assistants.that(mode);
        Account german = german(server.getApplicationContext());
        Answer init = new Api(server).action("/api/update/init", "{\"email\":\"" + german.email() + "\"}");
        UUID request = UUID.fromString(init.text("requestId"));

        assertThat(init.text("instructions")).startsWith("Tell the user:");
        assertThat(status(server, request)).startsWith("The email is about to be sent.");
        String token = Links.arrived(server.getApplicationContext(), request);
        new Api(server).post("/api/update/load", "{\"token\":\"" + token + "\"}");
        assertThat(status(server, request)).startsWith("The user has opened the link");
        assertThat(new Api(server)
                        .status(request.toString(), "Accept-Language", "de")
                        .text("instructions"))
                .startsWith("Der Link wurde geöffnet");
        assertThat(new Api(server)
                        .action("/api/update/init", "{\"email\":\"" + german.email() + "\"}")
                        .text("detail"))
                .startsWith("A link was requested a short while ago.");
    }

    @ParameterizedTest
    @EnumSource(UnknownUser.class)
    @DisplayName("MCP follows Accept-Language, else it speaks English")
    void speaksToAnyAssistant(UnknownUser mode) {
        EmbeddedServer server = Assistants.that(mode);
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
                + "\"request_profile_edit_link\",\"arguments\":{\"email\":\""
                + german(server.getApplicationContext()).email() + "\"}}}";

        assertThat(new Api(server).post("/mcp", call).text()).contains("Tell the user:");
        assertThat(new Api(server).post("/mcp", call, "Accept-Language", "de").text())
                .contains("Vor Kurzem wurde schon ein Link angefordert.");
    }

    @ParameterizedTest
    @EnumSource(UnknownUser.class)
    @DisplayName("Whoever holds the token is answered in the account's language where they ask for none that we speak")
    void speaksToTheOwner(UnknownUser mode) {
        EmbeddedServer server = Assistants.that(mode);
        Api api = new Api(server);
        String token = Links.fresh(server.getApplicationContext(), german(server.getApplicationContext()));
        String load = "{\"token\":\"" + token + "\"}";

        for (String asked : new String[] {"", "xx"}) {
            assertThat(api.post("/api/update/save", load, "Accept-Language", asked)
                            .text("instructions"))
                    .startsWith("Nichts weicht vom Gespeicherten ab");
        }
        assertThat(api.post("/api/update/save", load, "Accept-Language", "en").text("instructions"))
                .startsWith("Nothing differs");
        Answer invalid =
                api.post("/api/update/save", "{\"token\":\"" + token + "\",\"bio\":\"" + "x".repeat(2_001) + "\"}");
        assertThat(invalid.text("title")).isEqualTo("Einige Felder sind ungültig");
        assertThat(invalid.text("detail")).contains("Die Bio hat mehr als 2.000 Zeichen.");
        assertThat(api.post("/api/update/save", "{\"token\":\"" + token + "\",\"bio\":\"Neu\"}")
                        .text("instructions"))
                .startsWith("Gespeichert.");
        assertThat(api.post("/api/update/load", load).text("detail")).startsWith("Dieser Link wurde am");
        assertThat(api.post("/api/update/save", load).text("detail")).startsWith("Dieser Link wurde am");
        assertThat(api.post("/api/update/load", load, "Accept-Language", "en").text("detail"))
                .startsWith("This link was used on");
        assertThat(api.post("/api/update/load", "{\"token\":\"" + "A".repeat(48) + "\"}")
                        .text("detail"))
                .startsWith("This link does not work");
    }

    private static Account german(ApplicationContext context) {
        Account account = People.somebody(context);
        context.getBean(Profiles.class)
                .save(Profile.of(account.id(), Map.of(ProfileField.LOCALE, "de"), 1, Instant.EPOCH));
        return account;
    }

    private static String status(EmbeddedServer server, UUID request) {
        return new Api(server).status(request.toString()).text("instructions");
    }
}
