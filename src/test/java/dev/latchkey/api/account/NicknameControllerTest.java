package dev.latchkey.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.SignedIn;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NicknameControllerTest {
    private final EmbeddedServer server = Contexts.server(Database.SQLITE, Map.of());

    @ParameterizedTest
    @CsvSource({"'', 5", "?count=1, 1", "?count=20, 20"})
    @DisplayName("I get as many free nicknames as I ask for")
    void suggests(String query, int count) {
        Answer answer = SignedIn.somebody(server).get("/nicknames/suggestions" + query);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("suggestions").size()).isEqualTo(count);
        assertThat(answer.json().get("suggestions").get(0).asText()).matches("[a-z]+_[a-z]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "21", "-1", "five", "", "1&count=2", "99999999999"})
    @DisplayName("A count that makes no sense is refused")
    void refusesACountThatMakesNoSense(String count) {
        Answer answer = SignedIn.somebody(server).get("/nicknames/suggestions?count=" + count);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("/problems/invalid-request");
        assertThat(answer.text("detail")).isEqualTo("Ask for 1 to 20 suggestions: count must be a whole number.");
    }

    @Test
    @DisplayName("A suggestion can be taken at once, and then nobody else can take it")
    void suggestsWhatCanBeTaken() {
        SignedIn first = SignedIn.somebody(server);
        String nickname = first.get("/nicknames/suggestions?count=1")
                .json()
                .get("suggestions")
                .get(0)
                .asText();
        String body = "{\"nickname\":\"" + nickname + "\"}";

        assertThat(first.send("POST", "/profile/me", body).status()).isEqualTo(201);
        Answer taken = SignedIn.somebody(server).send("POST", "/profile/me", body);

        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text("type")).isEqualTo("/problems/nickname-taken");
    }

    @Test
    @DisplayName("A reserved word is no nickname")
    void refusesAReservedWord() {
        Answer answer = SignedIn.somebody(server).send("POST", "/profile/me", "{\"nickname\":\"Admin_1\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("detail"))
                .isEqualTo("Some fields cannot be saved: The nickname is reserved: choose another one.");
    }

    @Test
    @DisplayName("Without a token nothing is suggested")
    void needsABearer() throws Exception {
        Answer answer = new Api(server).get("/nicknames/suggestions");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).contains("/problems/token-missing");
    }
}
