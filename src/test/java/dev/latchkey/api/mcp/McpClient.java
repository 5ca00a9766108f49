package dev.latchkey.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sends messages of the protocol as they are, right or wrong, and holds what tools answer against what they say that they
 * answer.
 */
final class McpClient {
    private static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":%s}""";

    private final Api api;
    private final String capabilities;

    McpClient(EmbeddedServer server) {
        this(new Api(server, "Accept", "application/json, text/event-stream"), "{}");
    }

    private McpClient(Api api, String capabilities) {
        this.api = api;
        this.capabilities = capabilities;
    }

    /** One with a loopback address of its own. */
    static McpClient at(EmbeddedServer server, String address) {
        return new McpClient(new Api(server, address), "{}");
    }

    /** The same with capabilities, which each call of the modern era tells. */
    McpClient that(String can) {
        return new McpClient(api, can);
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

        /** What a tool answered, as structure. */
        JsonNode facts() {
            return result().path("structuredContent");
        }

        /** What a tool answered, as text. */
        String text() {
            return result().path("content").path(0).path("text").asText();
        }

        boolean isError() {
            return result().path("isError").asBoolean();
        }
    }

    /** A well-formed call of revision 2026-07-28. */
    Reply modern(String method, String params, String... more) {
        Stream<String> headers =
                Stream.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method, "Accept", "application/json");
        String named = method.equals("resources/read") ? "uri" : method.equals("tools/call") ? "name" : null;
        if (named != null) {
            headers = Stream.concat(
                    headers,
                    Stream.of(
                            "Mcp-Name",
                            Answer.json("{" + params + "}").path(named).asText()));
        }
        String meta = META.formatted(capabilities);
        return post(
                message(method, "{" + (params.isEmpty() ? meta : params + "," + meta) + "}"),
                Stream.concat(headers, Stream.of(more)).toArray(String[]::new));
    }

    /** A call after a handshake. */
    Reply legacy(String version, String method, String params, String... more) {
        return post(
                message(method, "{" + params + "}"),
                Stream.concat(Stream.of("MCP-Protocol-Version", version), Stream.of(more))
                        .toArray(String[]::new));
    }

    /** A call of a tool in the modern era. */
    Reply tool(String name, String arguments, String... more) {
        return checked(name, modern("tools/call", call(name, arguments), more));
    }

    /** The same in both eras. */
    List<Reply> inBothEras(String name, String arguments, String... more) {
        return List.of(
                tool(name, arguments, more),
                checked(name, legacy("2025-06-18", "tools/call", call(name, arguments), more)));
    }

    private static Reply checked(String name, Reply reply) {
        if (reply.result().has("structuredContent") && !reply.isError()) {
            ToolSchemas.output(name, reply.facts());
        }
        return reply;
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

    static String call(String tool, String arguments) {
        return "\"name\":\"" + tool + "\",\"arguments\":{" + arguments + "}";
    }
}
