package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.account.Account;
import dev.latchkey.api.mcp.McpClient.Reply;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class McpControllerTest {
    private final EmbeddedServer server = Contexts.server(Database.SQLITE, Map.of("test.clock", true));
    private final McpClient client = new McpClient(server);

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"})
    @DisplayName("initialize agrees on each older version it is asked for")
    void agreesOnOlderVersions(String version) {
        Reply reply = initialize(version);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().path("id").asInt()).isEqualTo(7);
        assertThat(reply.result().path("protocolVersion").asText()).isEqualTo(version);
        assertThat(reply.result().path("serverInfo").path("name").asText()).isEqualTo("latchkey");
        assertThat(reply.result().path("instructions").asText()).contains("Never ask for a passphrase");
        assertThat(reply.answer().response().headers().map()).doesNotContainKey("mcp-session-id");
        assertThat(client.legacy(version, "ping", "").result().isObject()).isTrue();
        assertThat(client.legacy(version, "tools/list", "").result().path("tools"))
                .hasSize(6);
        assertThat(client.legacy(version, "tools/list", "").result().has("resultType"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999-01-01", "2027-12-31", "2026-07-28", "latest", ""})
    @DisplayName("initialize answers an unknown version with the newest it can agree on, whatever the header says")
    void offersTheNewestVersion(String version) {
        assertThat(initialize(version).result().path("protocolVersion").asText())
                .isEqualTo("2025-11-25");
        String params = "{\"protocolVersion\":\"" + version + "\"}";
        Reply reply = client.post(McpClient.message("initialize", params), "MCP-Protocol-Version", version);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.result().path("protocolVersion").asText()).isEqualTo("2025-11-25");
    }

    @Test
    @DisplayName("server/discover tells versions, capabilities and who this is, for caches to keep")
    void isDiscovered() {
        JsonNode result = client.modern("server/discover", "").result();

        assertThat(result.path("supportedVersions"))
                .extracting(JsonNode::asText)
                .containsExactly("2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");
        assertThat(result.path("resultType").asText()).isEqualTo("complete");
        assertThat(result.path("ttlMs").asLong()).isPositive();
        assertThat(result.path("cacheScope").asText()).isEqualTo("public");
        assertThat(result.path("capabilities").has("tools")).isTrue();
        assertThat(result.path("_meta")
                        .path("io.modelcontextprotocol/serverInfo")
                        .path("name")
                        .asText())
                .isEqualTo("latchkey");
    }

    @Test
    @DisplayName("Both tools work in both eras, with the same facts as structure and as text")
    void asksForALink() {
        Account account = People.somebody(server.getApplicationContext());
        JsonNode accepted = client.modern(
                        "tools/call", call("request_profile_edit_link", "\"email\":\"" + account.email() + "\""))
                .result();

        assertThat(accepted.path("isError").asBoolean()).isFalse();
        assertThat(accepted.path("resultType").asText()).isEqualTo("complete");
        JsonNode facts = accepted.path("structuredContent");
        assertThat(facts.path("status").asText()).isEqualTo("accepted");
        assertThat(Answer.json(accepted.path("content").path(0).path("text").asText()))
                .isEqualTo(facts);
        JsonNode status = client.legacy(
                        "2025-11-25",
                        "tools/call",
                        call(
                                "get_profile_edit_status",
                                "\"requestId\":\"" + facts.path("requestId").asText() + "\""))
                .result();
        assertThat(status.path("structuredContent").path("state").asText()).isIn("queued", "sent");
        assertThat(status.path("structuredContent").path("matchPhrase")).isEqualTo(facts.path("matchPhrase"));
    }

    @Test
    @DisplayName("A profile number is taken as a number and as digits, and nobody learns whether it exists")
    void concealsWhoExists() {
        Account account = People.somebody(server.getApplicationContext());
        JsonNode known = client.modern(
                        "tools/call", call("request_profile_edit_link", "\"profile_number\":" + account.pin()))
                .result();
        JsonNode unknown = client.modern(
                        "tools/call", call("request_profile_edit_link", "\"profile_number\":\"999999999\""))
                .result();

        assertThat(known.path("isError").asBoolean()).isFalse();
        assertThat(unknown.path("isError").asBoolean()).isFalse();
        assertThat(names(unknown.path("structuredContent"))).isEqualTo(names(known.path("structuredContent")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"email\":\"\"",
                "\"email\":\"not an address\"",
                "\"email\":5",
                "\"profile_number\":12",
                "\"profile_number\":[1]"
            })
    @DisplayName("Unusable arguments are results that tell the model what to ask the user")
    void tellsTheModelHowToGoOn(String arguments) {
        Reply reply = client.modern("tools/call", call("request_profile_edit_link", arguments));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.result().path("isError").asBoolean()).isTrue();
        assertThat(reply.result().path("content").path(0).path("text").asText())
                .endsWith(".")
                .hasSizeGreaterThan(20);
    }

    @Test
    @DisplayName("Over the limit, the model is told when to try again")
    void saysHowLongToWait() {
        Account account = People.somebody(server.getApplicationContext());
        String call = call("request_profile_edit_link", "\"email\":\"" + account.email() + "\"");
        client.modern("tools/call", call);
        JsonNode result = client.modern("tools/call", call).result();

        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.path("content").path(0).path("text").asText()).contains("60 seconds");
    }

    @Test
    @DisplayName("A status that cannot be told is a result, too")
    void knowsNoSuchRequest() {
        for (String arguments :
                new String[] {"", "\"requestId\":\"none\"", "\"request_id\":\"none\"", "\"requestId\":7"}) {
            assertThat(client.modern("tools/call", call("get_profile_edit_status", arguments))
                            .result()
                            .path("isError")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    @DisplayName("Whoever accepts only text/event-stream gets the answer as one event")
    void answersAsOneEvent() {
        Reply reply = client.post(McpClient.message("ping", "{}"), "Accept", "text/event-stream");

        assertThat(reply.answer()
                        .response()
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow())
                .startsWith("text/event-stream");
        assertThat(reply.answer().response().headers().firstValue("X-Accel-Buffering"))
                .contains("no");
        assertThat(reply.answer().text())
                .isEqualTo("event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}\n\n");
    }

    @Test
    @DisplayName("GET and DELETE: 405")
    void hasNoStreamsAndNoSessions() {
        assertThat(client.method("GET").status()).isEqualTo(405);
        assertThat(client.method("DELETE").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example.com", "null", "http://localhost.evil.example.com", "http://localhost:1"})
    @DisplayName("A foreign Origin: 403")
    void refusesForeignOrigins(String origin) {
        Reply reply = client.post(McpClient.message("ping", "{}"), "Origin", origin);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.errorCode()).isEqualTo(-32600);
    }

    @Test
    @DisplayName("Our own Origin is welcome")
    void takesItsOwnOrigin() {
        assertThat(client.post(McpClient.message("ping", "{}"), "Origin", "http://localhost")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("Notifications, and answers to questions nobody asked: 202 without a body")
    void acceptsNotifications() {
        Reply reply = client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.answer().text()).isEmpty();
        assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}").status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}"
            })
    @DisplayName("What is no request: 400 with -32600")
    void refusesWhatIsNoRequest(String body) {
        Reply reply = client.post(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo(-32600);
    }

    @Test
    @DisplayName("What is no JSON, or nested too deeply: 400 with -32700; too large: 413; another type: 415")
    void refusesWhatCannotBeRead() {
        assertThat(client.post("").errorCode()).isEqualTo(-32700);
        assertThat(client.post("{").errorCode()).isEqualTo(-32700);
        assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":" + "{\"a\":".repeat(5_000)
                                + "1" + "}".repeat(5_000) + "}")
                        .errorCode())
                .isEqualTo(-32700);
        Reply large = client.post(McpClient.message("ping", "{\"a\":\"" + "x".repeat(100_000) + "\"}"));
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.errorCode()).isEqualTo(-32600);
        assertThat(client.post(McpClient.message("ping", "[1]")).errorCode()).isEqualTo(-32602);
        assertThat(client.post("{}", "Accept", "image/png").status()).isEqualTo(406);
    }

    @Test
    @DisplayName("Unknown methods: -32601, in the modern era with 404")
    void knowsNoSuchMethod() {
        Reply modern = client.modern("prompts/list", "");
        assertThat(modern.status()).isEqualTo(404);
        assertThat(modern.errorCode()).isEqualTo(-32601);
        assertThat(client.modern("ping", "").status()).isEqualTo(404);
        assertThat(client.legacy("2025-11-25", "prompts/list", "").errorCode()).isEqualTo(-32601);
    }

    @Test
    @DisplayName("Unknown tools and malformed calls of tools: -32602")
    void knowsNoSuchTool() {
        assertThat(client.modern("tools/call", call("delete_everything", "")).errorCode())
                .isEqualTo(-32602);
        assertThat(client.legacy("2025-06-18", "tools/call", "").errorCode()).isEqualTo(-32602);
        assertThat(client.legacy("2025-06-18", "tools/call", "\"name\":\"get_profile_edit_status\",\"arguments\":[]")
                        .errorCode())
                .isEqualTo(-32602);
    }

    @Test
    @DisplayName("Versions nobody speaks here: 400 with -32022 and those that are")
    void refusesUnknownVersions() {
        Reply modern = client.post(
                McpClient.message(
                        "tools/list",
                        "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"1900-01-01\","
                                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}"),
                "MCP-Protocol-Version",
                "1900-01-01",
                "Mcp-Method",
                "tools/list");

        assertThat(modern.status()).isEqualTo(400);
        assertThat(modern.errorCode()).isEqualTo(-32022);
        assertThat(modern.body().path("error").path("data").path("supported")).hasSize(5);
        assertThat(client.legacy("1900-01-01", "tools/list", "").errorCode()).isEqualTo(-32022);
    }

    @Test
    @DisplayName("Modern calls whose headers are missing or say something else: 400 with -32020")
    void holdsHeadersAgainstBodies() {
        String meta = "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}";
        String list = McpClient.message("tools/list", meta);

        assertThat(client.post(list).errorCode()).isEqualTo(-32020);
        assertThat(client.post(list, "MCP-Protocol-Version", "2026-07-28").errorCode())
                .isEqualTo(-32020);
        assertThat(client.post(list, "MCP-Protocol-Version", "2025-11-25", "Mcp-Method", "tools/list")
                        .errorCode())
                .isEqualTo(-32020);
        assertThat(client.post(list, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call")
                        .errorCode())
                .isEqualTo(-32020);
        Reply reply = client.post(list, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list");
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    @DisplayName("Modern calls without version or capabilities in _meta: 400 with -32602")
    void needsWhatEachModernCallCarries() {
        String version = "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}";

        for (String params : new String[] {"{}", version}) {
            Reply reply = client.post(
                    McpClient.message("tools/list", params),
                    "MCP-Protocol-Version",
                    "2026-07-28",
                    "Mcp-Method",
                    "tools/list");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.errorCode()).isEqualTo(-32602);
        }
    }

    @ParameterizedTest
    @DisplayName("What is wrong with a message is told with its id wherever that can be read, and never with 500")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                    | 400 | -32600 |
            {"jsonrpc":"1.0","id":7,"method":"ping"}              | 400 | -32600 | 7
            {"id":"a","method":"ping"}                            | 400 | -32600 | a
            {"jsonrpc":"2.0","id":null,"method":"ping"}           | 400 | -32600 |
            {"jsonrpc":"2.0","id":1.5,"method":"ping"}            | 400 | -32600 |
            {"jsonrpc":"2.0","id":{"a":1},"method":"ping"}        | 400 | -32600 |
            {"jsonrpc":"2.0","id":7,"id":8,"method":"ping"}       | 400 | -32700 |
            {"jsonrpc":"2.0","id":7,"method":7}                   | 400 | -32600 | 7
            {"jsonrpc":"2.0","id":7,"method":null}                | 400 | -32600 | 7
            {"jsonrpc":"2.0","id":7}                              | 400 | -32600 | 7
            {"jsonrpc":"2.0","id":7,"method":"tools/call","params":["a"]} | 400 | -32602 | 7
            {"jsonrpc":"2.0","id":7,"method":"tools/list","params":"a"}   | 400 | -32602 | 7
            {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"x"}} | 200 | -32602 | 7
            {"jsonrpc":"2.0","id":7,"method":"rm -rf"}            | 200 | -32601 | 7
            {"jsonrpc":"2.0","id":7,"method":"ping"}{}            | 400 | -32700 |
            """)
    void tellsWhatIsWrong(String message, int status, int code, @Nullable String id) {
        Reply reply = client.post(message);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(reply.body().path("id").asText()).isEqualTo(id == null ? "" : id);
    }

    @ParameterizedTest
    @DisplayName("However deep or large a message is, it is refused at once")
    @ValueSource(strings = {"[", "{\"a\":"})
    void survivesDepth(String opening) {
        String closing = opening.equals("[") ? "]" : "}";
        String deep = opening.repeat(10_000) + "1" + closing.repeat(10_000);
        Reply reply = client.post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"params\":{\"a\":" + deep + "}}");

        assertThat(reply.status()).isIn(400, 413);
        assertThat(reply.errorCode()).isIn(-32700, -32600);
        assertThat(client.post("[".repeat(10_000)).errorCode()).isEqualTo(-32700);
    }

    @Test
    @DisplayName("The handshake is no method of the modern era")
    void knowsNoHandshakeInTheModernEra() {
        Reply reply = client.modern("initialize", "\"protocolVersion\":\"2026-07-28\"");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.errorCode()).isEqualTo(-32601);
    }

    private Reply initialize(String version) {
        return client.post(McpClient.message(
                "initialize",
                "{\"protocolVersion\":\"" + version
                        + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}"));
    }

    private static String call(String tool, String arguments) {
        return "\"name\":\"" + tool + "\",\"arguments\":{" + arguments + "}";
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
