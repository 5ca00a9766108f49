package dev.latchkey.api.mcp;

import io.micronaut.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a call say about its body.
 *
 * @param version {@code MCP-Protocol-Version}
 * @param method {@code Mcp-Method}
 * @param name {@code Mcp-Name}, decoded
 */
record McpHeaders(
        @Nullable String version,
        @Nullable String method,
        @Nullable String name) {
    private static final String ENCODED = "=?base64?";
    private static final String END = "?=";

    static McpHeaders of(HttpHeaders headers) {
        return new McpHeaders(
                headers.get("MCP-Protocol-Version"), headers.get("Mcp-Method"), decode(headers.get("Mcp-Name")));
    }

    /** Intermediaries route by headers, so what they read must be what is done (Streamable HTTP, server validation). */
    void check(McpCall call) {
        Object version = call.meta("protocolVersion");
        if (!(version instanceof String spoken)) {
            throw new RpcException(RpcError.malformedParams("_meta must have io.modelcontextprotocol/protocolVersion"));
        }
        require("MCP-Protocol-Version", this.version, spoken);
        if (!ProtocolEra.MODERN.versions().contains(spoken)) {
            throw new RpcException(RpcError.unsupportedVersion(spoken));
        }
        require("Mcp-Method", method, call.method());
        if ("tools/call".equals(call.method())) {
            require("Mcp-Name", name, String.valueOf(call.param("name")));
        }
    }

    private static void require(String header, @Nullable String value, @Nullable String body) {
        if (value == null) {
            throw new RpcException(RpcError.headerMismatch(header + " is missing"));
        }
        if (!Objects.equals(value, body)) {
            throw new RpcException(RpcError.headerMismatch(header + " does not say what the body says"));
        }
    }

    private static @Nullable String decode(@Nullable String value) {
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
