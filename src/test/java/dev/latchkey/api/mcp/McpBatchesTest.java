package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.api.mcp.McpClient.Reply;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several messages at once, which revision 2025-03-26 has and later ones do not. */
final class McpBatchesTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"ping\"}";
    private static final String NOTE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private final McpClient client = new McpClient(Contexts.server(Database.SQLITE, Map.of()));

    @Test
    @DisplayName("Each request of a batch is answered, notifications are not, and what is wrong spoils nothing")
    void answersEach() {
        String list = "{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"tools/list\"}";
        Reply reply = client.post("[" + PING.formatted(1) + "," + NOTE + "," + list
                + ",5,{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"x\"}]");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).hasSize(4);
        assertThat(reply.body().path(0).path("id").asInt()).isEqualTo(1);
        assertThat(reply.body().path(1).path("result").path("tools")).hasSize(6);
        assertThat(reply.body().path(2).path("error").path("code").asInt()).isEqualTo(-32600);
        assertThat(reply.body().path(3).path("error").path("code").asInt()).isEqualTo(-32601);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-26", "2024-11-05"})
    @DisplayName("The versions that have batches may name themselves")
    void takesTheHeaderOfThoseVersions(String version) {
        Reply reply = client.post(" [" + PING.formatted(1) + "]", "MCP-Protocol-Version", version);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().isArray()).isTrue();
    }

    @Test
    @DisplayName("A batch of notifications alone: 202 without a body")
    void acceptsNotifications() {
        Reply reply = client.post("[" + NOTE + "," + NOTE + "]");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.answer().text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-06-18", "2025-11-25", "2026-07-28", "1999-01-01"})
    @DisplayName("Later versions took batches back: 400 with -32600")
    void refusesThemInLaterVersions(String version) {
        Reply reply = client.post("[" + PING.formatted(1) + "]", "MCP-Protocol-Version", version);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo(-32600);
    }

    @Test
    @DisplayName("An empty batch and one of more than ten: 400 with -32600")
    void boundsThem() {
        String many = (PING.formatted(1) + ",").repeat(McpServer.MOST_AT_ONCE) + PING.formatted(2);
        for (String body : new String[] {"[]", "[" + many + "]"}) {
            assertThat(client.post(body).status()).isEqualTo(400);
            assertThat(client.post(body).errorCode()).isEqualTo(-32600);
        }
    }

    @Test
    @DisplayName("initialize is no part of a batch")
    void keepsTheHandshakeOut() {
        JsonNode answers = client.post("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
                        + "{\"protocolVersion\":\"2025-03-26\"}}]")
                .body();

        assertThat(answers.path(0).path("id").asInt()).isEqualTo(1);
        assertThat(answers.path(0).path("error").path("code").asInt()).isEqualTo(-32600);
    }
}
