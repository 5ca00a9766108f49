package dev.latchkey.api.sessionkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ten calls of the SRS, word for word, each with its refusals. */
class SessionKeyApiTest {
    private static final String PASSWORD = "abc123";

    private final Client api = Client.shared();
    private final String email = Client.freshEmail();

    @Test
    @DisplayName("What the server refuses by itself is one sentence, too")
    void speaksItsOwnErrors() {
        for (Answer answer : List.of(api.send("DELETE", "/version", ""), api.get("/register"), api.get("/login"))) {
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.response().headers().firstValue("content-type")).contains("application/json");
            assertThat(answer.json().size()).isEqualTo(1);
            assertThat(answer.text("message")).isNotBlank();
        }
        assertThat(api.get("/versions").text("type")).isEqualTo("/problems/not-found");
    }

    @Test
    @DisplayName("API-001 to API-008: from registration to deletion")
    void tellsTheWholeStory() {
        assertThat(api.get("/version").json())
                .isEqualTo(Answer.json("{\"version\":\"2.0.0\",\"service\":\"User-Management-Service\"}"));
        Answer registered = register(email, PASSWORD);
        assertThat(registered.status()).isIn(200, 201);
        assertThat(registered.text("message"))
                .isEqualTo("Registration successful, please click the confirmation link.");
        assertThat(registered.json().size()).isEqualTo(2);
        assertThat(logIn(email, PASSWORD).status()).isEqualTo(403);

        String link = registered.text("confirmation_link").substring("http://localhost".length());
        assertThat(api.mailedLink(email, "/confirm_registration/")).isEqualTo(link);
        Answer confirmed = api.get(link);
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.json())
                .isEqualTo(Answer.json("{\"message\":\"Registration successfully confirmed. You can now login.\"}"));
        assertThat(api.get(link).status()).isEqualTo(400);

        Answer login = logIn(email, PASSWORD);
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.text("message")).isEqualTo("Login successful.");
        assertThat(login.json().get("user_id").isNumber()).isTrue();
        String key = login.text("session_key");
        assertThat(key).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

        assertThat(api.send("PUT", user(key), details(Map.of())).json())
                .isEqualTo(Answer.json("{\"message\":\"User details successfully updated.\"}"));
        Answer user = api.get(user(key));
        assertThat(user.status()).isEqualTo(200);
        assertThat(user.json().size()).isEqualTo(12);
        assertThat(user.text("first_name")).isEqualTo("Augusta");
        assertThat(user.text("contact_number")).isEqualTo("0123456789");
        assertThat(user.text("address1")).isEqualTo("null");
        assertThat(user.text("created_at")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");

        Map<String, String> wrong = Map.of("email", email, "password", "000000", "session_key", key);
        Answer kept = api.send("DELETE", "/user_mngt_user", wrong);
        assertThat(kept.status()).isEqualTo(401);
        assertThat(kept.text("message")).isEqualTo("Invalid email, password, or session key.");
        Map<String, String> right = Map.of("email", email, "password", PASSWORD, "session_key", key);
        assertThat(api.send("DELETE", "/user_mngt_user", right).json())
                .isEqualTo(Answer.json("{\"message\":\"User account successfully deleted.\"}"));
        assertThat(api.get(user(key)).status()).isEqualTo(401);
        assertThat(register(email, PASSWORD).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "a@b,abc123",
        "somebody.with.a.long.name@example.org,abc123",
        "no-address-at-all,abc123",
        "x@example.org,abc12",
        "x@example.org,abc1234"
    })
    @DisplayName("API-002: refuses what breaks its rules")
    void refusesARegistration(String address, String password) {
        Answer refused = register(address, password);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().size()).isOne();
        assertThat(refused.text("message")).startsWith("Invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"email\":[\"a@example.org\"],\"password\":\"abc123\"}", "{\"email\":5}"})
    @DisplayName("API-002: says in its own words what it cannot read")
    void refusesABodyInItsOwnWords(String body) {
        Answer refused = api.post("/register", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("message")).startsWith("Invalid input format");
    }

    @Test
    @DisplayName("API-002: refuses an address that is taken, in any case")
    void refusesATakenAddress() {
        register(email, PASSWORD);
        assertThat(register(email.toUpperCase(), PASSWORD).status()).isEqualTo(409);
    }

    @Test
    @DisplayName("API-003: shows browsers a page with a button, which alone confirms")
    void asksBrowsersToPressAButton() {
        String link = register(email, PASSWORD).text("confirmation_link").substring("http://localhost".length());
        String browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        Answer page = api.get(link, "Accept", browser);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.text()).contains("<form method=\"post\" action=\"" + link + "\">");
        assertThat(logIn(email, PASSWORD).status()).isEqualTo(403);
        assertThat(api.form(link, "", "Accept", browser).status()).isEqualTo(200);
        assertThat(logIn(email, PASSWORD).status()).isEqualTo(200);
        assertThat(api.get(link, "Accept", browser).status()).isEqualTo(400);
        assertThat(api.get("/confirm_registration/nonsense").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "*/*", "application/json"})
    @DisplayName("API-003: HEAD looks and confirms nothing")
    void looksWithoutConfirming(String accept) {
        String link = register(email, PASSWORD).text("confirmation_link").substring("http://localhost".length());
        assertThat(api.send("HEAD", link, null, "Accept", accept).status()).isEqualTo(200);
        assertThat(logIn(email, PASSWORD).status()).isEqualTo(403);
        assertThat(api.get(link, "Accept", "application/json").status()).isEqualTo(200);
        assertThat(logIn(email, PASSWORD).status()).isEqualTo(200);
        assertThat(api.send("HEAD", link, null, "Accept", accept).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("API-004 and API-005: logs in with the password and out with the key")
    void logsInAndOut() {
        String key = session();
        assertThat(logIn(email, "000000").status()).isEqualTo(401);
        assertThat(logIn(Client.freshEmail(), PASSWORD).status()).isEqualTo(401);
        Answer foreign = api.post("/logout", Map.of("email", Client.freshEmail(), "session_key", key));
        assertThat(foreign.status()).isEqualTo(401);
        assertThat(foreign.json()).isEqualTo(Answer.json("{\"message\":\"Invalid email or session key.\"}"));
        Map<String, String> right = Map.of("email", email, "session_key", key);
        assertThat(api.post("/logout", right).json()).isEqualTo(Answer.json("{\"message\":\"Logout successful.\"}"));
        assertThat(api.post("/logout", right).status()).isEqualTo(401);
        assertThat(api.get(user(key)).json())
                .isEqualTo(Answer.json("{\"message\":\"Invalid session or user not found.\"}"));
    }

    @Test
    @DisplayName("API-006: a session key ends by itself")
    void endsASessionInTime() {
        String key = session();
        api.clock().advance(Duration.ofHours(12).minusMillis(1));
        assertThat(api.get(user(key)).status()).isEqualTo(200);
        api.clock().advance(Duration.ofMillis(1));
        assertThat(api.get(user(key)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "first_name,Ada",
        "first_name,Ada5Ada",
        "first_name,abcdefghijklmnopqrstuvwxyz",
        "last_name,Love lace",
        "country,Peru",
        "country,abcdefghijklmnopqrstuvwxyz",
        "pin_code,1234",
        "address1,Hut",
        "address2,Hut",
        "city,Rome",
        "state,abcdefghijklmnopqrstuvwxyz",
        "contact_country_code,44",
        "contact_country_code,0044",
        "contact_country_code,abc",
        "contact_number,123456789",
        "contact_number,12345678901",
        "contact_number,abcdefghij",
        "email,other@example.org"
    })
    @DisplayName("API-007: refuses each field that breaks its rule, and keeps nothing")
    void refusesAField(String field, String value) {
        String key = session();
        Answer refused = api.send("PUT", user(key), details(Map.of(field, value)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json()).isEqualTo(Answer.json("{\"message\":\"Invalid input format or session.\"}"));
        assertThat(api.get(user(key)).text("last_name")).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"first_name", "last_name", "country", "pin_code", "contact_country_code", "contact_number"})
    @DisplayName("API-007: needs each required field")
    void needsAField(String field) {
        Map<String, Object> details = details(Map.of());
        details.remove(field);
        assertThat(api.send("PUT", user(session()), details).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("API-007: takes the optional fields, the own address, and ignores created_at")
    void takesTheOtherFields() {
        String key = session();
        Map<String, Object> details = details(Map.of(
                "address1", "12 St James's Square",
                "city", "London",
                "email", email.toUpperCase(),
                "created_at", "1999"));
        assertThat(api.send("PUT", user(key), details).status()).isEqualTo(200);
        assertThat(api.get(user(key)).text("city")).isEqualTo("London");
        assertThat(api.send("PUT", user("00000000-0000-0000-0000-000000000000"), details)
                        .status())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("API-009: sets another password and ends every session and token")
    void replacesThePassword() {
        String key = session();
        String[] token = api.bearer(email, PASSWORD);
        assertThat(replace("xyz789", "xyz780", key).status()).isEqualTo(400);
        assertThat(replace("xyz78", "xyz78", key).status()).isEqualTo(400);
        Answer noSession = replace("xyz789", "xyz789", "00000000-0000-0000-0000-000000000000");
        assertThat(noSession.status()).isEqualTo(401);
        assertThat(noSession.json())
                .isEqualTo(Answer.json("{\"message\":\"Passwords do not match or Invalid session/email.\"}"));
        assertThat(replace("xyz789", "xyz789", key).json())
                .isEqualTo(Answer.json("{\"message\":\"Password successfully updated.\"}"));
        assertThat(api.get(user(key)).status()).isEqualTo(401);
        assertThat(api.get("/profile/me", token).status()).isEqualTo(401);
        assertThat(logIn(email, PASSWORD).status()).isEqualTo(401);
        assertThat(logIn(email, "xyz789").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("API-010: makes a new link until the registration is confirmed")
    void makesANewLink() {
        register(email, PASSWORD);
        Map<String, String> right = Map.of("email", email, "password", PASSWORD);
        Answer fresh = api.post("/resend_registration_link", right);
        assertThat(fresh.status()).isEqualTo(200);
        assertThat(fresh.text("message")).isEqualTo("New registration link generated.");
        assertThat(api.post("/resend_registration_link", Map.of("email", email, "password", "000000"))
                        .status())
                .isEqualTo(401);
        api.get(fresh.text("confirmation_link").substring("http://localhost".length()));
        Answer late = api.post("/resend_registration_link", right);
        assertThat(late.status()).isEqualTo(400);
        assertThat(late.json())
                .isEqualTo(Answer.json("{\"message\":\"Invalid email/password or account is already confirmed.\"}"));
    }

    @Test
    void seesWhatTheAccountApiDoesAndIsSeenByIt() {
        String[] me = api.signedIn(email, "seven quiet otters");
        assertThat(logIn(email, "seven quiet otters").status()).isEqualTo(403);
        api.form(api.mailedLink(email, "/confirm/"), "existing=keep");
        String key = logIn(email, "seven quiet otters").text("session_key");
        assertThat(api.get(user(key)).status()).isEqualTo(200);
        assertThat(replace("xyz789", "xyz789", key).status()).isEqualTo(200);
        assertThat(api.get("/profile/me", me).status()).isEqualTo(401);
        String[] again = api.bearer(email, "xyz789");
        assertThat(api.send("DELETE", "/profile/me", Map.of("password", "xyz789"), again)
                        .status())
                .isEqualTo(204);
        assertThat(logIn(email, "xyz789").status()).isEqualTo(401);
    }

    @Test
    void isNotThereWhenItIsSwitchedOff() {
        Client without = Client.on(Database.SQLITE.fresh(), Map.of("latchkey.session-key-api", false));
        try (var server = without.server()) {
            assertThat(server.isRunning()).isTrue();
            assertThat(without.get("/version").status()).isEqualTo(404);
            assertThat(without.post("/register", Map.of("email", email, "password", PASSWORD))
                            .status())
                    .isEqualTo(404);
            assertThat(without.get("/profile/me").status()).isEqualTo(401);
        }
    }

    private Answer register(String address, String password) {
        return api.post("/register", Map.of("email", address, "password", password));
    }

    private Answer logIn(String address, String password) {
        return api.post("/login", Map.of("email", address, "password", password));
    }

    private String session() {
        String link = register(email, PASSWORD).text("confirmation_link");
        api.get(link.substring("http://localhost".length()));
        return logIn(email, PASSWORD).text("session_key");
    }

    private Answer replace(String fresh, String again, String key) {
        return api.send(
                "PUT",
                "/forget_password",
                Map.of("email", email, "new_password", fresh, "confirm_new_password", again, "session_key", key));
    }

    private String user(String key) {
        return "/user_mngt_user?email=" + email + "&session_key=" + key;
    }

    private static Map<String, Object> details(Map<String, String> other) {
        Map<String, Object> details = new HashMap<>(Map.of(
                "first_name", "Augusta",
                "last_name", "Lovelace",
                "country", "England",
                "pin_code", "SW1Y4LB",
                "contact_country_code", "044",
                "contact_number", "0123456789"));
        details.putAll(other);
        return details;
    }
}
