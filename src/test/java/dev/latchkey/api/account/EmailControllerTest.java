package dev.latchkey.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.DevMailbox;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailControllerTest {
    private static final String PASSPHRASE = "seven quiet otters";

    private final Client api = Client.shared();
    private final String email = Client.freshEmail();
    private final String to = Client.freshEmail();
    private final String[] me = confirmed(email);

    @Test
    @DisplayName("The account moves when the new mailbox confirms, and both times the old one hears of it")
    void movesTheAccount() {
        Answer asked = ask(to, PASSPHRASE);
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.bytes()).isEmpty();
        assertThat(api.get("/profile/me", me).text("email")).isEqualTo(email);
        assertThat(api.mailedLink(email, "/undo/")).startsWith("/undo/");

        String link = api.mailedLink(to, "/email/");
        assertThat(api.form(link, Map.of("move", "yes")).status()).isEqualTo(303);

        assertThat(api.get("/profile/me", me).text("email")).isEqualTo(to);
        assertThat(api.get("/profile/me", me).text("emailVerified")).isEqualTo("true");
        assertThat(api.post("/auth/login", Map.of("email", email, "password", PASSPHRASE))
                        .status())
                .isEqualTo(401);
        assertThat(api.post("/auth/login", Map.of("email", to, "password", PASSPHRASE))
                        .status())
                .isEqualTo(200);
        DevMailbox old = new DevMailbox(api, email);
        Awaitility.await().until(() -> old.subjects().contains("Your account has moved to another email address"));
        assertThat(old.subjects()).contains("Your account is about to move to another email address");

        String undo = old.links("/undo/").getFirst();
        assertThat(api.form(undo, Map.of("undo", "yes")).status()).isEqualTo(303);
        assertThat(api.post("/auth/login", Map.of("email", email, "password", PASSPHRASE))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("Whoever has the address is told, and whoever asks is not")
    void tellsTheOwnerOfTheAddress() {
        confirmed(to);
        Answer asked = ask(to, PASSPHRASE);
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.bytes()).isEmpty();
        DevMailbox owner = new DevMailbox(api, to);
        Awaitility.await().until(() -> owner.subjects().contains("Somebody wanted to use your email address"));
        assertThat(owner.links("/email/")).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("What is missing or cannot be is refused by its pointer")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{}`|/email",
                "`{\"email\":\"a@example.org\"}`|/password",
                "`{\"email\":\"no address\",\"password\":\"seven quiet otters\"}`|/email",
                "`{\"email\":\"Ada <a@example.org>\",\"password\":\"seven quiet otters\"}`|/email"
            })
    void refusesWhatCannotBe(String body, String pointer) {
        Answer refused = api.post("/profile/me/email", body, me);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("invalid-fields");
        assertThat(refused.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo(pointer);
    }

    @Test
    @DisplayName("The address that the account has is refused; so are a wrong passphrase, wrong types and strangers")
    void refusesTheSameAddressAndStrangers() {
        Answer same = ask(email.toUpperCase(), PASSPHRASE);
        assertThat(same.status()).isEqualTo(422);
        assertThat(same.json().path("errors").path(0).path("pointer").asText()).isEqualTo("/email");
        assertThat(ask(to, "wrong passphrase").problem()).isEqualTo("invalid-credentials");
        assertThat(ask(to, "wrong passphrase").status()).isEqualTo(401);
        assertThat(api.post("/profile/me/email", "{\"email\":[\"a@example.org\"],\"password\":1}", me)
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/profile/me/email", Map.of("email", to, "password", PASSPHRASE))
                        .problem())
                .isEqualTo("token-missing");
    }

    private Answer ask(String address, String passphrase) {
        api.clock().advance(Duration.ofMinutes(1));
        return api.post("/profile/me/email", Map.of("email", address, "password", passphrase), me);
    }

    private String[] confirmed(String address) {
        api.post("/auth/signup", Map.of("email", address, "password", PASSPHRASE));
        assertThat(api.form(api.mailedLink(address, "/confirm/"), Map.of("existing", "keep"))
                        .status())
                .isEqualTo(303);
        return api.bearer(address, PASSPHRASE);
    }
}
