package dev.latchkey.api.mcp;

import dev.latchkey.http.JsonFields;
import dev.latchkey.limit.CallerAddress;
import io.micronaut.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers messages of the protocol; keeps nothing between two of them.
 *
 * <p>A message with a protocol version in its {@code _meta} is served as revision 2026-07-28 says, any other as those
 * before it, whose handshake is a plain question and answer here.
 */
@Singleton
final class McpServer {
    private static final long LISTS_STAY_THE_SAME = Duration.ofHours(1).toMillis();

    /** Far more than any client of two tools sends at once; each may ask for a mail. */
    static final int MOST_AT_ONCE = 10;

    private final McpTools tools;
    private final McpDescription description;

    McpServer(McpTools tools, McpDescription description) {
        this.tools = tools;
        this.description = description;
    }

    McpAnswer answer(JsonFields message, HttpHeaders headers, CallerAddress caller) {
        return answer(message, headers, caller, false);
    }

    /**
     * Answers several messages that came at once, one after the other, as revision 2025-03-26 wants servers to do.
     *
     * @param messages null stands for what is no object
     * @return the answers in the order of the messages; none where all are notifications
     */
    McpAnswer answerAll(List<@Nullable JsonFields> messages, HttpHeaders headers, CallerAddress caller) {
        String version = McpCall.version(headers);
        // Clients of those versions send no header: it came with the one that took batches back.
        if (version != null && !ProtocolEra.versionsWithBatches().contains(version)) {
            return refused("send one message at a time, not a batch");
        }
        if (messages.isEmpty() || messages.size() > MOST_AT_ONCE) {
            return refused("a batch holds 1 to " + MOST_AT_ONCE + " messages");
        }
        List<Object> answers = new ArrayList<>();
        for (JsonFields message : messages) {
            McpAnswer answer = message == null
                    ? refused("each message of a batch must be an object")
                    : answer(message, headers, caller, true);
            if (answer.message() != null) {
                answers.add(answer.message());
            }
        }
        return answers.isEmpty() ? McpAnswer.ACCEPTED : new McpAnswer(200, answers);
    }

    private McpAnswer answer(JsonFields message, HttpHeaders headers, CallerAddress caller, boolean oneOfMany) {
        try {
            McpCall call = McpCall.of(message, headers);
            if (oneOfMany && call.isHandshake()) {
                throw RpcError.invalidRequest("initialize stands alone");
            }
            return isModern(call) ? modern(call, caller) : legacy(call, caller);
        } catch (RpcError e) {
            return McpAnswer.error(McpCall.idOf(message), e);
        }
    }

    private static McpAnswer refused(String why) {
        return McpAnswer.error(null, RpcError.invalidRequest(why));
    }

    private static boolean isModern(McpCall call) {
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
        return ProtocolEra.MODERN.versions().contains(String.valueOf(call.version()))
                || "server/discover".equals(call.method());
    }

    private McpAnswer modern(McpCall call, CallerAddress caller) {
        Object id = id(call);
        call.checkModern();
        return McpAnswer.result(
                id,
                switch (method(call)) {
                    case "server/discover" -> cacheable(description.discovery());
                    case "tools/list" -> cacheable(tools(call));
                    case "tools/call" -> complete(tools.call(call, caller));
                    default -> throw RpcError.unknownMethod(ProtocolEra.MODERN, method(call));
                });
    }

    private McpAnswer legacy(McpCall call, CallerAddress caller) {
        String version = call.version();
        // The handshake itself settles the version; what a client names before it has agreed on nothing counts for
        // nothing.
        if (version != null && !call.isHandshake() && !ProtocolEra.allVersions().contains(version)) {
            throw RpcError.unsupportedVersion(version);
        }
        if (call.isNotification() || call.response()) {
            return McpAnswer.ACCEPTED;
        }
        return McpAnswer.result(
                id(call),
                switch (method(call)) {
                    case "initialize" -> description.greeting(call.param("protocolVersion"));
                    case "ping" -> Map.of();
                    case "tools/list" -> tools(call);
                    case "tools/call" -> tools.call(call, caller);
                    default -> throw RpcError.unknownMethod(ProtocolEra.LEGACY, method(call));
                });
    }

    /** All tools fit on one page, so no cursor was ever given out. */
    private Map<String, Object> tools(McpCall call) {
        if (!Objects.requireNonNullElse(call.param("cursor"), "").equals("")) {
            throw RpcError.invalidParams(200, "there is one page only, without a cursor");
        }
        return description.toolList();
    }

    private static Object id(McpCall call) {
        Object id = call.id();
        if (id == null) {
            throw RpcError.invalidRequest("a request needs an id");
        }
        return id;
    }

    private static String method(McpCall call) {
        String method = call.method();
        if (method == null) {
            throw RpcError.invalidRequest("a request needs a method");
        }
        return method;
    }

    private Map<String, Object> cacheable(Map<String, Object> result) {
        Map<String, Object> cacheable = complete(result);
        cacheable.put("ttlMs", LISTS_STAY_THE_SAME);
        cacheable.put("cacheScope", "public");
        return cacheable;
    }

    private Map<String, Object> complete(Map<String, Object> result) {
        Map<String, Object> complete = new LinkedHashMap<>();
        complete.put("resultType", "complete");
        complete.putAll(result);
        complete.put("_meta", Map.of("io.modelcontextprotocol/serverInfo", description.self()));
        return complete;
    }
}
