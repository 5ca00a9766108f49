package dev.latchkey.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.session.PageSessions;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.SignedIn;
import dev.latchkey.support.Sql;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class SessionsControllerTest {
    private static final String SESSIONS = "/profile/me/sessions";

    private final EmbeddedServer server;
    private final SignedIn me;

    SessionsControllerTest(Database database) {
        server = Contexts.server(database, Map.of("test.clock", true));
        me = SignedIn.somebody(server);
    }

    @Test
    @DisplayName("The list tells kind, times, client and which is the caller's own, that first")
    void listsWhereOneIsSignedIn() {
        openPage("Firefox · Linux");
        Answer answer = me.get(SESSIONS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        JsonNode sessions = answer.json().path("sessions");
        assertThat(sessions).hasSize(2);
        JsonNode own = sessions.path(0);
        assertThat(own.path("kind").asText()).isEqualTo("access-token");
        assertThat(own.path("current").asBoolean()).isTrue();
        assertThat(own.path("client").isNull()).isTrue();
        JsonNode page = sessions.path(1);
        assertThat(page.path("kind").asText()).isEqualTo("page");
        assertThat(page.path("current").asBoolean()).isFalse();
        assertThat(page.path("client").asText()).isEqualTo("Firefox · Linux");
        assertThat(page.path("createdAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(page.path("expiresAt").asText())
                .isGreaterThan(page.path("lastUsedAt").asText());
    }

    @Test
    @DisplayName("One can be ended, and the owner is told")
    void endsOne() {
        String cookie = openPage("");
        String id = idOf("page");
        assertThat(me.send("DELETE", SESSIONS + "/" + id, null).status()).isEqualTo(204);
        assertThat(server.getApplicationContext().getBean(PageSessions.class).find(cookie))
                .isEmpty();
        assertThat(Sql.count(
                        server.getApplicationContext(),
                        "SELECT count(*) FROM changes WHERE door = 'ACCOUNT_API' AND fields = 'sessions' AND account_id = '"
                                + me.account().id() + "'"))
                .isEqualTo(1);
        assertThat(me.send("DELETE", SESSIONS + "/" + id, null).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("The token of the call itself may be ended")
    void endsItself() {
        assertThat(me.send("DELETE", SESSIONS + "/" + idOf("access-token"), null)
                        .status())
                .isEqualTo(204);
        assertThat(me.get(SESSIONS).problem()).isEqualTo("token-invalid");
    }

    @Test
    @DisplayName("What is somebody else's is unknown")
    @Asvs("8.2.2")
    void knowsOnlyItsOwn() {
        SignedIn other = SignedIn.somebody(server);
        String foreign =
                other.get(SESSIONS).json().path("sessions").path(0).path("id").asText();
        for (String id : new String[] {foreign, "nothing", "%27"}) {
            Answer refused = me.send("DELETE", SESSIONS + "/" + id, null);
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.problem()).isEqualTo("not-found");
        }
        assertThat(other.get(SESSIONS).status()).isEqualTo(200);
    }

    private String openPage(String client) {
        return server.getApplicationContext()
                .getBean(PageSessions.class)
                .openByLink(me.account().id(), client)
                .orElseThrow();
    }

    private String idOf(String kind) {
        for (JsonNode session : me.get(SESSIONS).json().path("sessions")) {
            if (session.path("kind").asText().equals(kind)) {
                return session.path("id").asText();
            }
        }
        throw new IllegalStateException("No " + kind);
    }
}
