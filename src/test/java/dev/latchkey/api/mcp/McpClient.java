package dev.latchkey.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;

/** Sends messages of the protocol as they are, right or wrong. */
final class McpClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}""";

    private final URI address;

    McpClient(EmbeddedServer server) {
        address = URI.create("http://localhost:" + server.getPort() + "/mcp");
    }

    record Reply(int status, HttpResponse<String> raw, JsonNode body) {
        JsonNode result() {
            return body.path("result");
        }

        int errorCode() {
            return body.path("error").path("code").asInt();
        }
    }

    /** A well-formed call of revision 2026-07-28. */
    Reply modern(String method, String params) {
        String[] headers = {"MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method};
        if (method.equals("tools/call")) {
            headers = Arrays.copyOf(headers, 6);
            headers[4] = "Mcp-Name";
            headers[5] = read("{" + params + "}").path("name").asText();
        }
        String more = params.isEmpty() ? META : params + "," + META;
        return post(message(method, "{" + more + "}"), headers);
    }

    /** A call after a handshake. */
    Reply legacy(String version, String method, String params) {
        return post(message(method, "{" + params + "}"), "MCP-Protocol-Version", version);
    }

    Reply post(String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (!Arrays.asList(headers).contains("Accept")) {
            request.header("Accept", "application/json, text/event-stream");
        }
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Reply method(String method) {
        return send(HttpRequest.newBuilder(address)
                .header("Accept", "text/event-stream")
                .method(method, BodyPublishers.noBody()));
    }

    static String message(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> raw = CLIENT.send(request.build(), BodyHandlers.ofString());
            boolean json = raw.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Reply(raw.statusCode(), raw, json ? read(raw.body()) : JSON.missingNode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
