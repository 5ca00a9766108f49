package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.account.Account;
import dev.latchkey.api.mcp.McpClient.Reply;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.session.AccessTokenService;
import dev.latchkey.session.Sessions;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.LetIn;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.SignedIn;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what: the resource server of OAuth 2.1. */
final class McpAccessTest {
    private static final String RESOURCE =
            "Bearer resource_metadata=\"http://localhost/.well-known/oauth-protected-resource/mcp\", scope=\"";
    private static final String DEAD = RESOURCE + "profile:read profile:propose\", error=\"invalid_token\"";

    private final EmbeddedServer server = Contexts.server(Database.SQLITE, Map.of("test.clock", true));
    private final ApplicationContext context = server.getApplicationContext();
    private final McpClient client = new McpClient(server);
    private final Account somebody = People.somebody(context);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer nonsense",
                "Bearer ",
                "Bearer",
                "Basic YTpi",
                "nonsense",
                "Bearer " + Api.KEY,
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."
            })
    @DisplayName("A foreign or malformed token: 401 that says where to sign in, on any method and in both eras")
    @Asvs("10.3.1")
    void refusesForeignTokens(String authorization) {
        for (Reply reply : List.of(
                client.modern("server/discover", "", "Authorization", authorization),
                client.modern("tools/list", "", "Authorization", authorization),
                client.legacy("2025-11-25", "ping", "", "Authorization", authorization),
                client.tool("get_profile_edit_status", "\"requestId\":\"x\"", "Authorization", authorization),
                client.legacy(
                        "2025-03-26",
                        "tools/call",
                        McpClient.call("get_my_profile", ""),
                        "Authorization",
                        authorization))) {
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.answer().header("WWW-Authenticate")).isEqualTo(DEAD);
            assertThat(reply.body().path("id").asInt()).isEqualTo(7);
            assertThat(reply.errorCode()).isEqualTo(401);
        }
        Reply note = client.post(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", "Authorization", authorization);
        assertThat(note.status()).isEqualTo(401);
        assertThat(note.answer().header("WWW-Authenticate")).isEqualTo(DEAD);
    }

    @Test
    @DisplayName("Tokens of the account API do not open it, and a grant's does not open the account API")
    void keepsTheDoorsApart() {
        String jwt = context.getBean(AccessTokenService.class)
                .issue(SignedIn.somebody(server).account(), "")
                .orElseThrow()
                .text();

        assertThat(client.tool("get_my_profile", "", "Authorization", "Bearer " + jwt)
                        .status())
                .isEqualTo(401);
        assertThat(new Api(server)
                        .get(
                                "/profile/me",
                                "Authorization",
                                LetIn.by(context, somebody).bearer())
                        .status())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("A token that ended (its hour is over, its grant was ended, its owner blocked): 401")
    void refusesDeadTokens() {
        LetIn ended = LetIn.by(context, somebody);
        assertThat(client.tool("get_my_profile", "", "Authorization", ended.bearer())
                        .status())
                .isEqualTo(200);
        context.getBean(Sessions.class).remove(ended.grant().id());
        assertDead(ended);

        LetIn blocked = LetIn.by(context, somebody);
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");
        assertDead(blocked);

        LetIn old = LetIn.by(context, People.somebody(context));
        context.getBean(MutableClock.class).advance(Duration.ofMinutes(60));
        assertDead(old);
    }

    private void assertDead(LetIn assistant) {
        Reply reply = client.tool("get_my_profile", "", "Authorization", assistant.bearer());
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.answer().header("WWW-Authenticate")).isEqualTo(DEAD);
    }

    @ParameterizedTest
    @CsvSource({
        "get_my_profile, profile:read",
        "propose_profile_change, profile:propose",
        "save_profile_draft, profile:propose"
    })
    @DisplayName(
            "A tool of whoever is signed in, without a token: 401 with the tool's scope, where each host looks for it")
    void asksToSignIn(String tool, String scope) {
        for (Reply reply : client.inBothEras(tool, "")) {
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.answer().header("WWW-Authenticate")).isEqualTo(RESOURCE + scope + "\"");
            assertThat(reply.body().path("id").asInt()).isEqualTo(7);
            JsonNode error = reply.body().path("error");
            assertThat(error.path("message").asText()).contains("sign in");
            assertThat(error.path("data")
                            .path("_meta")
                            .path("mcp/www_authenticate")
                            .path(0)
                            .asText())
                    .startsWith(RESOURCE + scope + "\", error=\"")
                    .contains("error_description=\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "get_my_profile, PROPOSE, profile:read",
        "propose_profile_change, READ, profile:propose",
        "save_profile_draft, READ, profile:propose"
    })
    @DisplayName("Too little scope: 403 with what is needed, and nothing is done")
    @Asvs("10.3.2")
    void asksForMore(String tool, GrantScope allowed, String needed) {
        LetIn assistant = LetIn.by(context, somebody, allowed);
        for (Reply reply :
                client.inBothEras(tool, "\"proposal\":{\"name\":\"Mallory\"}", "Authorization", assistant.bearer())) {
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.answer().header("WWW-Authenticate"))
                    .isEqualTo(RESOURCE + needed + "\", error=\"insufficient_scope\"");
        }
        assertThat(Sql.count(context, "SELECT count(*) FROM link_requests WHERE account_id = '" + somebody.id() + "'"))
                .isZero();
    }

    @Test
    @DisplayName("Of a batch the worst decides the status, and nothing that acts is done, as the batch will come again")
    void letsTheWorstOfABatchDecide() {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        String mails = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{"
                + McpClient.call("request_profile_edit_link", "\"email\":\"" + somebody.email() + "\"") + "}}";
        String reads = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{"
                + McpClient.call("get_my_profile", "") + "}}";
        String batch = "[" + ping + "," + mails + "," + reads + "]";

        Reply anybody = client.post(batch);
        assertThat(anybody.status()).isEqualTo(401);
        assertThat(anybody.answer().header("WWW-Authenticate")).isEqualTo(RESOURCE + "profile:read\"");
        assertThat(anybody.body()).hasSize(3);
        assertThat(anybody.body().path(0).has("result")).isTrue();
        assertThat(anybody.body().path(1).path("error").path("code").asInt()).isEqualTo(409);
        assertThat(anybody.body().path(2).path("error").path("code").asInt()).isEqualTo(401);

        Reply narrow = client.post(
                batch,
                "Authorization",
                LetIn.by(context, somebody, GrantScope.PROPOSE).bearer());
        assertThat(narrow.status()).isEqualTo(403);
        Reply dead = client.post(batch, "Authorization", "Bearer x");
        assertThat(dead.status()).isEqualTo(401);
        assertThat(dead.body())
                .hasSize(3)
                .allSatisfy(answer ->
                        assertThat(answer.path("error").path("code").asInt()).isEqualTo(401));
        assertThat(Sql.count(context, "SELECT count(*) FROM link_requests WHERE account_id = '" + somebody.id() + "'"))
                .isZero();

        Reply all =
                client.post(batch, "Authorization", LetIn.by(context, somebody).bearer());
        assertThat(all.status()).isEqualTo(200);
        assertThat(all.body())
                .allSatisfy(answer -> assertThat(answer.has("result")).isTrue());
    }
}
