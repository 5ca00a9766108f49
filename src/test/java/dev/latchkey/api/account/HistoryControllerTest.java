package dev.latchkey.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Client;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.SignedIn;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Database.class)
class HistoryControllerTest {
    private static final String BOT = "a-named-key-0123456789";
    private static final String HISTORY = "/profile/me/history";

    private final EmbeddedServer server;
    private final SignedIn me;

    HistoryControllerTest(Database database) {
        server = Contexts.server(
                database,
                Map.of(
                        "latchkey.action-keys",
                        Api.KEY + ",Support Bot:" + BOT,
                        "latchkey.links-per-minute",
                        1000,
                        "latchkey.links-per-hour",
                        1000));
        me = SignedIn.somebody(server);
    }

    @Test
    @DisplayName("At first nothing has happened")
    void isEmptyAtFirst() {
        Answer answer = me.get(HISTORY);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.text()).isEqualTo("{\"entries\":[],\"next\":null}");
    }

    @Test
    @DisplayName(
            "An entry says when, through which door, for which assistant, how far, which fields, and until when it can be undone")
    void tellsWhatHappened() {
        init(BOT);
        me.post("/profile/me", Map.of("bio", "A bio that is nobody's business"));
        Answer answer = me.get(HISTORY);
        JsonNode made = answer.json().path("entries").path(0);
        assertThat(made.path("kind").asText()).isEqualTo("change");
        assertThat(made.path("door").asText()).isEqualTo("account-api");
        assertThat(made.path("assistant").isNull()).isTrue();
        assertThat(made.path("client").isNull()).isTrue();
        assertThat(made.path("state").asText()).isEqualTo("saved");
        assertThat(made.path("fields").toString()).isEqualTo("[\"bio\"]");
        assertThat(made.path("undoableUntil").asText()).matches("20.*Z");
        JsonNode asked = answer.json().path("entries").path(1);
        assertThat(asked.path("kind").asText()).isEqualTo("edit");
        assertThat(asked.path("door").asText()).isEqualTo("action");
        assertThat(asked.path("assistant").asText()).isEqualTo("Support Bot");
        assertThat(asked.path("state").asText()).isEqualTo("queued");
        assertThat(asked.path("fields")).isEmpty();
        assertThat(asked.path("undoableUntil").isNull()).isTrue();
        assertThat(answer.text())
                .doesNotContain("business")
                .doesNotContain(me.account().email().value());
    }

    @Test
    @DisplayName("Pages follow each other by next, each entry on one of them")
    void goesOnByNext() {
        for (int i = 0; i < 5; i++) {
            init(Api.KEY);
        }
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = me.get(HISTORY + "?limit=2" + next).json();
            page.path("entries").forEach(entry -> ids.add(entry.path("id").asText()));
            next = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asText();
        } while (!next.isEmpty());
        assertThat(ids).hasSize(5).doesNotHaveDuplicates();
        assertThat(me.get(HISTORY + "?limit=100").json().path("entries").findValuesAsText("id"))
                .isEqualTo(ids);
    }

    @ParameterizedTest
    @DisplayName("A place or a number that makes no sense is refused")
    @ValueSource(
            strings = {
                "?limit=0",
                "?limit=101",
                "?limit=-1",
                "?limit=1.5",
                "?limit=x",
                "?limit=",
                "?limit=1&limit=2",
                "?after=",
                "?after=x",
                "?after=1&after=2",
                "?after=1_2_3"
            })
    void refusesNonsense(String query) {
        Answer answer = me.get(HISTORY + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(answer.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo(query.startsWith("?limit") ? "/limit" : "/after");
    }

    @Test
    @DisplayName("A place far ahead is one before the newest")
    void takesAPlaceFarAhead() {
        init(Api.KEY);
        String id = "ffffffff-ffff-ffff-ffff-ffffffffffff";
        assertThat(me.get(HISTORY + "?after=999999999999999_" + id + "_" + id)
                        .json()
                        .path("entries"))
                .hasSize(1);
    }

    @Test
    @DisplayName("Nobody sees anything without a token, or anything of somebody else")
    void isOnesOwn() {
        init(Api.KEY);
        assertThat(new Api(server).get(HISTORY).status()).isEqualTo(401);
        assertThat(SignedIn.somebody(server).get(HISTORY).json().path("entries"))
                .isEmpty();
    }

    @Test
    @DisplayName("A confirmation with a passphrase of one's own is one entry, and says both")
    void tellsAConfirmationAsOne() {
        Client api = Client.shared();
        String email = Client.freshEmail();
        api.action("/api/signup/init", Map.of("email", email, "consent", true));
        api.form(api.mailedLink(email, "/confirm/"), Map.of("passphrase", "seven quiet otters"));
        JsonNode entries =
                api.get(HISTORY, api.bearer(email, "seven quiet otters")).json().path("entries");
        assertThat(entries).hasSize(1);
        assertThat(entries.path(0).path("kind").asText()).isEqualTo("confirmation");
        assertThat(entries.path(0).path("door").asText()).isEqualTo("action");
        assertThat(entries.path(0).path("state").asText()).isEqualTo("saved");
        assertThat(entries.path(0).path("fields").toString()).isEqualTo("[\"email\",\"passphrase\"]");
    }

    private void init(String key) {
        Answer answer = new Api(server)
                .post(
                        "/api/update/init",
                        Map.of("email", me.account().email().value()),
                        "Authorization",
                        "Bearer " + key);
        assertThat(answer.status()).isEqualTo(202);
    }
}
