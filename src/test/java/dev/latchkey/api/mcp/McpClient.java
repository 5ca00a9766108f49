package dev.latchkey.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Arrays;

/** Sends messages of the protocol as they are, right or wrong. */
final class McpClient {
    private static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}""";

    private final Api api;

    McpClient(EmbeddedServer server) {
        api = new Api(server, "Accept", "application/json, text/event-stream");
    }

    record Reply(Answer answer) {
        int status() {
            return answer.status();
        }

        JsonNode body() {
            return answer.json();
        }

        JsonNode result() {
            return body().path("result");
        }

        int errorCode() {
            return body().path("error").path("code").asInt();
        }
    }

    /** A well-formed call of revision 2026-07-28. */
    Reply modern(String method, String params) {
        String[] headers = {"MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method};
        if (method.equals("tools/call")) {
            headers = Arrays.copyOf(headers, 6);
            headers[4] = "Mcp-Name";
            headers[5] = Answer.json("{" + params + "}").path("name").asText();
        }
        String more = params.isEmpty() ? META : params + "," + META;
        return post(message(method, "{" + more + "}"), headers);
    }

    /** A call after a handshake. */
    Reply legacy(String version, String method, String params) {
        return post(message(method, "{" + params + "}"), "MCP-Protocol-Version", version);
    }

    Reply post(String body, String... headers) {
        return new Reply(api.post("/mcp", body, headers));
    }

    Reply method(String method) {
        return new Reply(api.send(method, "/mcp", null, "Accept", "text/event-stream"));
    }

    static String message(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }
}
