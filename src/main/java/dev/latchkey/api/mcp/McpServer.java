package dev.latchkey.api.mcp;

import dev.latchkey.limit.CallerAddress;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers one message of the protocol; keeps nothing between two of them.
 *
 * <p>A message with a protocol version in its {@code _meta} is served as revision 2026-07-28 says, any other as those
 * before it, whose handshake is a plain question and answer here.
 */
@Singleton
final class McpServer {
    private static final long LISTS_STAY_THE_SAME = Duration.ofHours(1).toMillis();

    private final McpTools tools;
    private final McpDescription description;

    McpServer(McpTools tools, McpDescription description) {
        this.tools = tools;
        this.description = description;
    }

    McpAnswer answer(McpCall call, McpHeaders headers, CallerAddress caller) {
        try {
            return isModern(call, headers) ? modern(call, headers, caller) : legacy(call, headers, caller);
        } catch (RpcException e) {
            return McpAnswer.error(call.id(), e.error());
        }
    }

    private static boolean isModern(McpCall call, McpHeaders headers) {
        if (call.isNotification()) {
            return false;
        }
        Object spoken = call.meta("protocolVersion");
        boolean agreedByHandshake = spoken instanceof String version
                && ProtocolEra.LEGACY.versions().contains(version);
        if (spoken != null && !agreedByHandshake) {
            return true;
        }
        if (call.isHandshake()) {
            return false;
        }
        return ProtocolEra.MODERN.versions().contains(String.valueOf(headers.version()))
                || "server/discover".equals(call.method());
    }

    private McpAnswer modern(McpCall call, McpHeaders headers, CallerAddress caller) {
        Object id = id(call);
        headers.check(call);
        if (!call.hasMetaObject("clientCapabilities")) {
            throw new RpcException(
                    RpcError.malformedParams("_meta must have io.modelcontextprotocol/clientCapabilities"));
        }
        return switch (method(call)) {
            case "server/discover" -> McpAnswer.result(id, cacheable(description.discovery()));
            case "tools/list" -> McpAnswer.result(id, cacheable(tools(call)));
            case "tools/call" -> McpAnswer.result(id, complete(tools.call(call, caller)));
            default -> McpAnswer.error(id, RpcError.unknownMethod(ProtocolEra.MODERN, method(call)));
        };
    }

    private McpAnswer legacy(McpCall call, McpHeaders headers, CallerAddress caller) {
        String version = headers.version();
        // The handshake itself settles the version; what a client names before it has agreed on nothing counts for
        // nothing.
        if (version != null && !call.isHandshake() && !ProtocolEra.allVersions().contains(version)) {
            throw new RpcException(RpcError.unsupportedVersion(version));
        }
        if (call.isNotification() || call.response()) {
            return McpAnswer.accepted();
        }
        Object id = id(call);
        return switch (method(call)) {
            case "initialize" -> McpAnswer.result(id, description.greeting(call.param("protocolVersion")));
            case "ping" -> McpAnswer.result(id, Map.of());
            case "tools/list" -> McpAnswer.result(id, tools(call));
            case "tools/call" -> McpAnswer.result(id, tools.call(call, caller));
            default -> McpAnswer.error(id, RpcError.unknownMethod(ProtocolEra.LEGACY, method(call)));
        };
    }

    /** All tools fit on one page, so no cursor was ever given out. */
    private Map<String, Object> tools(McpCall call) {
        if (!Objects.requireNonNullElse(call.param("cursor"), "").equals("")) {
            throw new RpcException(RpcError.invalidParams(200, "there is one page only, without a cursor"));
        }
        return description.toolList();
    }

    private static Object id(McpCall call) {
        Object id = call.id();
        if (id == null) {
            throw new RpcException(RpcError.invalidRequest("a request needs an id"));
        }
        return id;
    }

    private static String method(McpCall call) {
        String method = call.method();
        if (method == null) {
            throw new RpcException(RpcError.invalidRequest("a request needs a method"));
        }
        return method;
    }

    private Map<String, Object> cacheable(Map<String, Object> result) {
        Map<String, Object> cacheable = complete(result);
        cacheable.put("ttlMs", LISTS_STAY_THE_SAME);
        cacheable.put("cacheScope", "public");
        return cacheable;
    }

    private Map<String, Object> complete(@Nullable Map<String, Object> result) {
        Map<String, Object> complete = new LinkedHashMap<>();
        complete.put("resultType", "complete");
        if (result != null) {
            complete.putAll(result);
        }
        complete.put("_meta", Map.of("io.modelcontextprotocol/serverInfo", description.self()));
        return complete;
    }
}
