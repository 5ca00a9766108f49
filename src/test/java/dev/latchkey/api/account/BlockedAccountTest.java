package dev.latchkey.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Client;
import dev.latchkey.support.Sql;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator blocks somebody who has everything open that there is. */
class BlockedAccountTest {
    private static final String PASSWORD = "abc123";

    private final Client api = Client.shared();
    private final String email = Client.freshEmail();
    private String registration = "";
    private String confirmation = "";
    private String edit = "";
    private String requestId = "";
    private String[] bearer = {};
    private String session = "";

    @BeforeEach
    void openEverythingAndBlock() {
        String first = local(api.post("/register", Map.of("email", email, "password", PASSWORD))
                .text("confirmation_link"));
        assertThat(api.get(first).status()).isEqualTo(200);
        bearer = api.bearer(email, PASSWORD);
        session =
                api.post("/login", Map.of("email", email, "password", PASSWORD)).text("session_key");
        assertThat(api.post("/profile/me/verification", null, bearer).status()).isEqualTo(202);
        confirmation = api.mailedLink(email, "/confirm/");
        requestId = init().text("requestId");
        edit = api.mailedLink(email, "/edit/");
        await().until(() -> api.status(requestId).text("state").equals("sent"));
        registration = first;
        Sql.run(
                api.server().getApplicationContext(),
                "UPDATE accounts SET status = 'BLOCKED' WHERE email = '" + email + "'");
    }

    @Test
    void theLinkThatEditsIsUnknown() {
        String token = edit.substring("/edit/".length());
        for (Answer answer : List.of(
                api.post("/api/update/load", Map.of("token", token)),
                api.post(
                        "/api/update/save",
                        Map.of("token", token, "bio", "Mine", "passphrase", "seven quiet otters")))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text("type")).isEqualTo("/problems/link-unknown");
        }
        assertThat(api.get(edit).status()).isEqualTo(404);
        assertThat(api.get(edit).text()).doesNotContain(email).doesNotContain("/resend");
        assertThat(api.get(edit + "/saved").status()).isEqualTo(404);
        assertThat(api.get(edit + "/proposed.jpg").status()).isEqualTo(404);
        assertThat(api.form(edit, "bio=Mine").status()).isEqualTo(404);
        assertThat(api.form(edit + "/resend", "").status()).isEqualTo(404);
    }

    @Test
    void theLinksThatConfirmAreUnknown() {
        assertThat(api.get(confirmation).status()).isEqualTo(404);
        assertThat(api.form(confirmation, "existing=keep").status()).isEqualTo(404);
        assertThat(api.get(confirmation + "/done").status()).isEqualTo(404);
        assertThat(api.form(confirmation + "/resend", "").status()).isEqualTo(404);
        assertThat(api.get(registration).status()).isEqualTo(400);
    }

    @Test
    @Asvs("7.4.2")
    void tokensAndSessionsAreDead() {
        assertThat(api.get("/profile/me", bearer).text("type")).isEqualTo("/problems/token-invalid");
        assertThat(api.send("PUT", "/profile/me", Map.of("bio", "Mine"), bearer).status())
                .isEqualTo(401);
        assertThat(api.get("/nicknames/suggestions", bearer).status()).isEqualTo(401);
        assertThat(api.get("/user_mngt_user?email=" + email + "&session_key=" + session)
                        .status())
                .isEqualTo(401);
        assertThat(api.post("/logout", Map.of("email", email, "session_key", session))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void nobodySignsInAndNothingIsMailed() {
        assertThat(api.post("/auth/login", Map.of("email", email, "password", PASSWORD))
                        .text("type"))
                .isEqualTo("/problems/invalid-credentials");
        assertThat(api.post("/login", Map.of("email", email, "password", PASSWORD))
                        .status())
                .isEqualTo(401);
        assertThat(api.post("/resend_registration_link", Map.of("email", email, "password", PASSWORD))
                        .status())
                .isEqualTo(401);
        assertThat(init().text("type")).isEqualTo("/problems/account-blocked");
    }

    @Test
    void itsRequestsAreWithdrawn() {
        Answer status = api.status(requestId);
        assertThat(status.text("state")).isEqualTo("revoked");
    }

    private Answer init() {
        return api.action("/api/update/init", Map.of("email", email));
    }

    private static String local(String link) {
        return link.substring("http://localhost".length());
    }
}
