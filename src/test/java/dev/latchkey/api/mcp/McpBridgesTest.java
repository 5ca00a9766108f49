package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.account.Account;
import dev.latchkey.api.mcp.McpClient.Reply;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bridges, older clients and other runtimes make of a call. */
final class McpBridgesTest {
    private final EmbeddedServer server = Contexts.server(Database.SQLITE, Map.of("test.clock", true));
    private final McpClient client = new McpClient(server);

    @Test
    @DisplayName("All tools are on one page: an empty cursor is none, any other was never given out")
    void hasOnePageOfTools() {
        for (String cursor : new String[] {"\"cursor\":null", "\"cursor\":\"\""}) {
            assertThat(client.legacy("2024-11-05", "tools/list", cursor)
                            .result()
                            .path("tools"))
                    .hasSize(6);
        }
        assertThat(client.legacy("2025-06-18", "tools/list", "\"cursor\":\"x\"").errorCode())
                .isEqualTo(-32602);
    }

    @ParameterizedTest
    @ValueSource(strings = {"requestId", "request_id"})
    @DisplayName("The status takes the request's id under the name it has in the answer, and under its first one")
    void takesTheIdByBothNames(String name) {
        Account account = People.somebody(server.getApplicationContext());
        JsonNode accepted = client.modern(
                        "tools/call", call("request_profile_edit_link", "\"email\":\"" + account.email() + "\""))
                .result()
                .path("structuredContent");
        String id = "\"" + name + "\":\"" + accepted.path("requestId").asText() + "\"";

        assertThat(client.legacy("2024-11-05", "tools/call", call("get_profile_edit_status", id))
                        .result()
                        .path("structuredContent")
                        .path("matchPhrase"))
                .isEqualTo(accepted.path("matchPhrase"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":7.0,\"method\":\"tools/call\",\"params\":{\"name\":\"request_profile_edit_link\","
                        + "\"arguments\":{\"profile_number\":%d.0}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":70e-1,\"method\":\"tools/call\",\"params\":{\"name\":\"request_profile_edit_link\","
                        + "\"arguments\":\"{\\\"profile_number\\\":%de0}\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":\"{\\\"name\\\":\\\"request_profile_edit_link\\\","
                        + "\\\"arguments\\\":{\\\"profile_number\\\":%d}}\"}"
            })
    @DisplayName("Whole numbers with a fraction of zero, and objects as strings of JSON, are what they stand for")
    void takesWhatBridgesMakeOfIt(String message) {
        Reply reply = client.post(message.formatted(
                People.somebody(server.getApplicationContext()).pin()));

        assertThat(reply.body().path("id").asInt()).isEqualTo(7);
        assertThat(reply.result().path("isError").asBoolean(true)).isFalse();
    }

    @Test
    @DisplayName("A proposal that is a string of JSON is checked like any other")
    void takesAProposalAsAString() {
        Account account = People.somebody(server.getApplicationContext());
        String email = "\"email\":\"" + account.email() + "\",\"proposal\":";

        JsonNode refused = client.modern(
                        "tools/call",
                        call("request_profile_edit_link", email + "\"{\\\"nickname\\\":\\\"no good\\\"}\""))
                .result();
        assertThat(refused.path("isError").asBoolean()).isTrue();
        assertThat(refused.path("content").path(0).path("text").asText()).contains("nickname");
        JsonNode taken = client.modern(
                        "tools/call",
                        call("request_profile_edit_link", email + "\"{\\\"bio\\\":\\\"I keep bees.\\\"}\""))
                .result();
        assertThat(taken.path("structuredContent").path("proposed").path(0).asText())
                .isEqualTo("bio");
    }

    private static String call(String tool, String arguments) {
        return "\"name\":\"" + tool + "\",\"arguments\":{" + arguments + "}";
    }
}
