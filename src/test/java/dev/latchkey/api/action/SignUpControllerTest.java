package dev.latchkey.api.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignUpControllerTest {

    private final Client api = Client.shared();
    private final String email = Client.freshEmail();

    @Test
    void makesAnAccountWhoseOwnerConfirmsSeesThePinAndSetsAPassphrase() {
        Answer accepted = signUp(api, Map.of("email", email, "consent", true, "name", "Ada", "locale", ""));
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.text("status")).isEqualTo("accepted");
        assertThat(accepted.text("instructions")).contains(accepted.text("matchPhrase"));
        assertThat(accepted.text()).doesNotContain(email).doesNotContain("/confirm/");
        String link = api.mailedLink(email, "/confirm/");
        await().until(() -> status(accepted).text("state").equals("sent"));

        String page = api.get(link, "Accept", "text/html").text();
        assertThat(page).contains(email).containsPattern("[1-9][0-9]{8}").doesNotContain("value=\"keep\"");
        assertThat(api.form(link, "passphrase=short").status()).isEqualTo(422);
        assertThat(status(accepted).text("state")).isEqualTo("opened");
        Answer done = api.form(link, "passphrase=seven+quiet+otters");
        assertThat(done.status()).isEqualTo(303);
        Answer told = api.get(done.header("Location"));
        assertThat(told.text()).containsPattern("[1-9][0-9]{8}");
        assertThat(told.html().select("main a").eachAttr("href")).containsExactly("/account/profile", "/account");
        String cookie = done.header("Set-Cookie").split(";")[0];
        assertThat(api.get("/account/profile", "Cookie", cookie, "Accept", "text/html")
                        .html()
                        .select("#name")
                        .val())
                .as("signed in by the proof")
                .isEqualTo("Ada");
        Answer status = status(accepted);
        assertThat(status.text("state")).isEqualTo("saved");
        assertThat(status.text("instructions")).startsWith("The address is confirmed");
        String[] me = api.bearer(email, "seven quiet otters");
        assertThat(api.get("/profile/me", me).text("emailVerified")).isEqualTo("true");
        assertThat(api.get("/profile/me", me).text("name")).isEqualTo("Ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"consent\":true}",
                "{\"email\":\"x@example.org\"}",
                "{\"email\":\"x@example.org\",\"consent\":false}",
                "{\"email\":\"x@example.org\",\"consent\":\"true\"}",
                "{\"email\":\"no address\",\"consent\":true}"
            })
    void refusesWithoutAnAddressOrConsent(String body) {
        Answer refused = signUp(api, body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("type")).isEqualTo("/problems/invalid-request");
    }

    @Test
    void refusesWithoutAKeyAndAFieldThatCannotBeKept() {
        assertThat(api.post("/api/signup/init", Map.of("email", email, "consent", true))
                        .status())
                .isEqualTo(401);
        Answer refused = signUp(api, Map.of("email", email, "consent", true, "name", "x".repeat(101)));
        assertThat(refused.status()).isEqualTo(422);
    }

    @Test
    void tellsThatTheAddressIsTakenOnlyWhereThatIsNoSecret() {
        signUp(api, Map.of("email", email, "consent", true));
        Answer taken = signUp(api, Map.of("email", email, "consent", true));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text("type")).isEqualTo("/problems/email-taken");
    }

    @Test
    void tellsTheOwnerAloneWhereItIsASecret() {
        Client secretive = Client.on(Database.SQLITE.fresh(), Map.of("latchkey.unknown-user", "conceal"));
        try (var server = secretive.server()) {
            assertThat(server.isRunning()).isTrue();
            Answer fresh = signUp(secretive, Map.of("email", email, "consent", true));
            String link = secretive.mailedLink(email, "/confirm/");
            assertThat(secretive.form(link, "").status()).isEqualTo(303);
            Answer again = signUp(secretive, Map.of("email", email, "consent", true));
            assertThat(again.status()).isEqualTo(202);
            assertThat(shape(again)).isEqualTo(shape(fresh));
            assertThat(secretive.mailedLink(email, "/edit/")).startsWith("/edit/");
            assertThat(secretive.get("/dev/inbox/messages").text()).contains("You already have an account");
        }
    }

    private static Map<String, String> shape(Answer answer) {
        Map<String, String> shape = new HashMap<>();
        answer.json().properties().forEach(entry -> shape.put(entry.getKey(), ""));
        return shape;
    }

    private Answer status(Answer accepted) {
        return api.status(accepted.text("requestId"));
    }

    private static Answer signUp(Client client, Object body) {
        return client.action("/api/signup/init", body);
    }
}
