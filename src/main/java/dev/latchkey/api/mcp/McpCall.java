package dev.latchkey.api.mcp;

import dev.latchkey.http.JsonFields;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC message from a client.
 *
 * @param id text or whole number; absent for notifications
 * @param method absent for responses
 * @param response whether it answers something, which only older clients do
 */
record McpCall(
        @Nullable Object id,
        @Nullable String method,
        @Nullable JsonFields params,
        boolean response) {
    private static final String PREFIX = "io.modelcontextprotocol/";

    /** Reads the parts that every message has; whether they make sense together is asked later. */
    static McpCall of(JsonFields message) {
        Object id = message.value("id") instanceof String || message.value("id") instanceof BigInteger
                ? message.value("id")
                : null;
        if (message.has("id") && id == null) {
            throw new RpcException(RpcError.invalidRequest("id must be a string or a whole number"));
        }
        try {
            return of(id, message);
        } catch (RpcException e) {
            throw e.answering(id);
        }
    }

    private static McpCall of(@Nullable Object id, JsonFields message) {
        if (!"2.0".equals(message.value("jsonrpc"))) {
            throw new RpcException(RpcError.invalidRequest("jsonrpc must be \"2.0\""));
        }
        Object method = message.value("method");
        JsonFields params = message.objectOrNull("params");
        if (method != null && !(method instanceof String)) {
            throw new RpcException(RpcError.invalidRequest("method must be a string"));
        }
        if (params == null && message.has("params")) {
            throw new RpcException(RpcError.malformedParams("params must be an object"));
        }
        boolean response = method == null && id != null && (message.has("result") || message.has("error"));
        return new McpCall(id, (String) method, params, response);
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

    /** Whether {@code params._meta} has this object. */
    boolean hasMetaObject(String name) {
        JsonFields meta = object("_meta");
        return meta != null && meta.objectOrNull(PREFIX + name) != null;
    }

    boolean isHandshake() {
        return "initialize".equals(method);
    }

    boolean isNotification() {
        return id == null && method != null && method.startsWith("notifications/");
    }
}
