package dev.latchkey.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import dev.latchkey.support.DevMailbox;
import dev.latchkey.support.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where accounts are concealed, nobody who signs up learns whether the address was taken; its owner learns it by mail. */
class ConcealedSignUpTest {
    private static final String[] ACTION = {"Authorization", "Bearer " + Api.KEY};

    private static final Client API = Client.shared(
            Database.SQLITE, Map.of("latchkey.unknown-user", "conceal", "latchkey.new-addresses-per-hour", 100_000));

    /** Where people sign up. */
    enum Door {
        ACCOUNT_API("/auth/signup", Map.of("password", "seven quiet otters", "name", "Ada")),
        SESSION_KEY_API("/register", Map.of("password", "abc123")),
        ASSISTANT("/api/signup/init", Map.of("consent", true));

        private final String path;
        private final Map<String, Object> fields;

        Door(String path, Map<String, Object> fields) {
            this.path = path;
            this.fields = fields;
        }

        Answer ask(String email) {
            Map<String, Object> body = new HashMap<>(fields);
            body.put("email", email);
            return API.post(path, body, ACTION);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersForATakenAddressAsForAFreeOne(Door door) {
        String owner = owner();
        String free = Client.freshEmail();
        Answer taken = door.ask(owner);
        Answer fresh = door.ask(free);
        assertThat(taken.status()).isEqualTo(fresh.status()).isBetween(200, 299);
        assertThat(form(taken)).isEqualTo(form(fresh));
        assertThat(taken.response().headers().map().keySet())
                .isEqualTo(fresh.response().headers().map().keySet());
        assertThat(taken.text()).doesNotContain(pinOf(owner)).doesNotContain(idOf(owner));
        Awaitility.await()
                .until(() ->
                        subjects(owner).stream().anyMatch(subject -> subject.contains("You already have an account")));
        Awaitility.await().until(() -> subjects(free).size() == 1);
        // The second time everybody's address is taken.
        assertThat(form(door.ask(free))).isEqualTo(form(door.ask(owner)));
        assertThat(Sql.count(
                        API.server().getApplicationContext(),
                        "SELECT count(*) FROM accounts WHERE email IN ('" + owner + "', '" + free + "')"))
                .isEqualTo(2);
    }

    @Test
    void lettingALinkConfirmTellsNoMoreThanAsking() {
        for (String email : List.of(owner(), Client.freshEmail())) {
            Answer registered = Door.SESSION_KEY_API.ask(email);
            String link = registered.text("confirmation_link").substring("http://localhost".length());
            assertThat(API.post("/login", Map.of("email", email, "password", "abc123"))
                            .text())
                    .as("before it is confirmed")
                    .isEqualTo("{\"message\":\"Invalid email or password.\"}");
            assertThat(API.send("HEAD", link, null).status()).isEqualTo(200);
            assertThat(API.get(link, "Accept", "text/html").status()).isEqualTo(200);
            assertThat(API.get(link).text())
                    .isEqualTo("{\"message\":\"Registration successfully confirmed. You can now login.\"}");
            assertThat(API.get(link).status()).isEqualTo(400);
            assertThat(API.get(link, "Accept", "text/html").status()).isEqualTo(400);
        }
    }

    @Test
    void aDecoyOpensNothingElsewhere() {
        String token =
                Door.SESSION_KEY_API.ask(owner()).text("confirmation_link").replaceFirst(".*/", "");
        assertThat(API.get("/edit/" + token).status()).isEqualTo(404);
        assertThat(API.get("/confirm/" + token).status()).isEqualTo(404);
        assertThat(API.post("/api/update/load", Map.of("token", token)).text("type"))
                .isEqualTo("/problems/link-unknown");
    }

    /** Somebody who proved their mailbox. */
    private static String owner() {
        String email = Client.freshEmail();
        Door.ACCOUNT_API.ask(email);
        assertThat(API.form(API.mailedLink(email, "/confirm/"), "existing=keep").status())
                .isEqualTo(303);
        return email;
    }

    private static String pinOf(String email) {
        return String.valueOf(Sql.count(
                API.server().getApplicationContext(), "SELECT pin FROM accounts WHERE email = '" + email + "'"));
    }

    private static String idOf(String email) {
        return API.get("/profile/me", API.bearer(email, "seven quiet otters")).text("id");
    }

    /** A body with everything that differs by chance taken out. */
    private static String form(Answer answer) {
        return answer.text()
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")
                .replaceAll("/[0-9a-z]{56}", "/TOKEN")
                .replaceAll("\\b[1-9][0-9]{8}\\b", "PIN")
                .replaceAll("p[0-9]+@example.org", "ADDRESS")
                .replaceAll("“[a-z]+ [a-z]+”", "PHRASE")
                .replaceAll("\"matchPhrase\":\"[a-z]+ [a-z]+\"", "PHRASE");
    }

    private static List<String> subjects(String email) {
        return new DevMailbox(API, email).subjects();
    }
}
