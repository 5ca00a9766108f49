package dev.latchkey.api.mcp;

import dev.latchkey.http.JsonFields;
import io.micronaut.http.HttpHeaders;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC message from a client.
 *
 * @param id text or whole number; absent for notifications
 * @param method absent for responses
 * @param response whether it answers something, which only older clients do
 * @param headers of the HTTP request it came with
 */
record McpCall(
        @Nullable Object id,
        @Nullable String method,
        @Nullable JsonFields params,
        boolean response,
        HttpHeaders headers) {
    private static final String PREFIX = "io.modelcontextprotocol/";
    private static final String VERSION = "MCP-Protocol-Version";
    /** Which parameter the header {@code Mcp-Name} repeats, by method. */
    private static final Map<String, String> NAMED = Map.of("tools/call", "name", "resources/read", "uri");

    private static final String ENCODED = "=?base64?";
    private static final String END = "?=";

    /** The id of a message, if it has one that can be answered. */
    static @Nullable Object idOf(JsonFields message) {
        Object id = message.value("id");
        return id instanceof String || id instanceof BigInteger ? id : null;
    }

    /** Reads the parts that every message has; whether they make sense together is asked later. */
    static McpCall of(JsonFields message, HttpHeaders headers) {
        Object id = idOf(message);
        if (message.has("id") && id == null) {
            throw RpcError.invalidRequest("id must be a string or a whole number");
        }
        if (!"2.0".equals(message.value("jsonrpc"))) {
            throw RpcError.invalidRequest("jsonrpc must be \"2.0\"");
        }
        Object method = message.value("method");
        JsonFields params = message.objectOrNull("params");
        if (method != null && !(method instanceof String)) {
            throw RpcError.invalidRequest("method must be a string");
        }
        if (params == null && message.has("params")) {
            throw RpcError.malformedParams("params must be an object");
        }
        boolean response = method == null && id != null && (message.has("result") || message.has("error"));
        return new McpCall(id, (String) method, params, response, headers);
    }

    /** A member of params; null when there is none. */
    @Nullable
    Object param(String name) {
        return params == null ? null : params.value(name);
    }

    /** A member of params that should be an object; null when it is absent or something else. */
    @Nullable
    JsonFields object(String name) {
        return params == null ? null : params.objectOrNull(name);
    }

    /** A member of {@code params._meta}; null when there is none. */
    @Nullable
    Object meta(String name) {
        JsonFields meta = object("_meta");
        return meta == null ? null : meta.value(PREFIX + name);
    }

    /** Whether the client shows its user a form when it is asked to; such clients say so with each call. */
    boolean hasForms() {
        JsonFields meta = object("_meta");
        JsonFields capabilities = meta == null ? null : meta.objectOrNull(PREFIX + "clientCapabilities");
        JsonFields elicitation = capabilities == null ? null : capabilities.objectOrNull("elicitation");
        // Saying nothing more stands for forms alone (client features, elicitation).
        return elicitation != null && (elicitation.has("form") || !elicitation.has("url"));
    }

    boolean isHandshake() {
        return "initialize".equals(method);
    }

    boolean isNotification() {
        return id == null && method != null && method.startsWith("notifications/");
    }

    /** The version that the header names. */
    @Nullable
    String version() {
        return version(headers);
    }

    static @Nullable String version(HttpHeaders headers) {
        return headers.get(VERSION);
    }

    /**
     * Refuses what a call of the modern era must have beside its method. Intermediaries route by headers, so what they
     * read must be what is done (Streamable HTTP, server validation).
     */
    void checkModern() {
        if (!(meta("protocolVersion") instanceof String spoken)) {
            throw RpcError.malformedParams("_meta must have io.modelcontextprotocol/protocolVersion");
        }
        require(VERSION, version(), spoken);
        if (!ProtocolEra.MODERN.versions().contains(spoken)) {
            throw RpcError.unsupportedVersion(spoken);
        }
        require("Mcp-Method", headers.get("Mcp-Method"), method);
        String named = NAMED.get(method);
        if (named != null) {
            require("Mcp-Name", decoded(headers.get("Mcp-Name")), String.valueOf(param(named)));
        }
        JsonFields meta = object("_meta");
        if (meta == null || meta.objectOrNull(PREFIX + "clientCapabilities") == null) {
            throw RpcError.malformedParams("_meta must have io.modelcontextprotocol/clientCapabilities");
        }
    }

    private static void require(String header, @Nullable String value, @Nullable String body) {
        if (value == null) {
            throw RpcError.headerMismatch(header + " is missing");
        }
        if (!Objects.equals(value, body)) {
            throw RpcError.headerMismatch(header + " does not say what the body says");
        }
    }

    private static @Nullable String decoded(@Nullable String value) {
        if (value == null || !value.startsWith(ENCODED) || !value.endsWith(END)) {
            return value;
        }
        try {
            String text = value.substring(ENCODED.length(), value.length() - END.length());
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return value;
        }
    }
}
