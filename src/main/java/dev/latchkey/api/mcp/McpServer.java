package dev.latchkey.api.mcp;

import dev.latchkey.http.JsonFields;
import dev.latchkey.oauth.GrantScope;
import io.micronaut.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
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
    private final McpResources resources;
    private final McpDescription description;
    private final McpAccess access;

    McpServer(McpTools tools, McpResources resources, McpDescription description, McpAccess access) {
        this.tools = tools;
        this.resources = resources;
        this.description = description;
        this.access = access;
    }

    McpAnswer answer(JsonFields message, HttpHeaders headers, McpCaller caller) {
        return answer(message, headers, caller, false);
    }

    /**
     * Answers several messages that came at once, one after the other, as revision 2025-03-26 wants servers to do.
     *
     * @param messages null stands for what is no object
     * @return the answers in the order of the messages; none where all are notifications
     */
    McpAnswer answerAll(List<@Nullable JsonFields> messages, HttpHeaders headers, McpCaller caller) {
        String version = McpCall.version(headers);
        // Clients of those versions send no header: it came with the one that took batches back.
        if (version != null && !ProtocolEra.versionsWithBatches().contains(version)) {
            return refused("send one message at a time, not a batch");
        }
        if (messages.isEmpty() || messages.size() > MOST_AT_ONCE) {
            return refused("a batch holds 1 to " + MOST_AT_ONCE + " messages");
        }
        RpcError refusal = access.refusal(caller, scopesOf(messages));
        List<Object> answers = new ArrayList<>();
        for (JsonFields message : messages) {
            McpAnswer answer = message == null
                    ? refused("each message of a batch must be an object")
                    : refusal != null && isHeldBack(message, caller)
                            ? McpAnswer.error(McpCall.idOf(message), RpcError.notCalled())
                            : answer(message, headers, caller, true);
            if (answer.message() != null) {
                answers.add(answer.message());
            }
        }
        if (answers.isEmpty()) {
            return McpAnswer.ACCEPTED;
        }
        // A client that is refused signs in and sends the whole batch once more.
        return refusal == null
                ? new McpAnswer(200, answers, null)
                : new McpAnswer(refusal.httpStatus(), answers, refusal.challenge());
    }

    private Set<GrantScope> scopesOf(List<@Nullable JsonFields> messages) {
        Set<GrantScope> scopes = EnumSet.noneOf(GrantScope.class);
        messages.stream()
                .flatMap(Stream::ofNullable)
                .forEach(message -> scopes.addAll(description.scopesOf(toolOf(message))));
        return scopes;
    }

    /** Whether a message of a batch calls a tool that its caller may call, and so would be called twice. */
    private boolean isHeldBack(JsonFields message, McpCaller caller) {
        String tool = toolOf(message);
        return !tool.isEmpty() && access.refusal(caller, description.scopesOf(tool)) == null;
    }

    /** The tool that a message calls; empty when it is another message. */
    private static String toolOf(JsonFields message) {
        JsonFields params = message.objectOrNull("params");
        return "tools/call".equals(message.value("method")) && params != null
                ? String.valueOf(params.value("name"))
                : "";
    }

    private McpAnswer answer(JsonFields message, HttpHeaders headers, McpCaller caller, boolean oneOfMany) {
        try {
            access.require(caller, Set.of());
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

    private McpAnswer modern(McpCall call, McpCaller caller) {
        Object id = id(call);
        call.checkModern();
        return McpAnswer.result(
                id,
                switch (method(call)) {
                    case "server/discover" -> cacheable(description.discovery());
                    case "tools/list" -> cacheable(onOnePage(call, description.toolList()));
                    case "tools/call" -> complete(tools.call(call, caller, ProtocolEra.MODERN));
                    case "resources/list" -> cacheable(onOnePage(call, resources.list()));
                    case "resources/templates/list" -> cacheable(onOnePage(call, resources.templates()));
                    case "resources/read" -> cacheable(resources.read(call));
                    default -> throw RpcError.unknownMethod(ProtocolEra.MODERN, method(call));
                });
    }

    private McpAnswer legacy(McpCall call, McpCaller caller) {
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
                    case "tools/list" -> onOnePage(call, description.toolList());
                    case "tools/call" -> tools.call(call, caller, ProtocolEra.LEGACY);
                    case "resources/list" -> onOnePage(call, resources.list());
                    case "resources/templates/list" -> onOnePage(call, resources.templates());
                    case "resources/read" -> resources.read(call);
                    default -> throw RpcError.unknownMethod(ProtocolEra.LEGACY, method(call));
                });
    }

    /** Each list fits on one page, so no cursor was ever given out. */
    private static Map<String, Object> onOnePage(McpCall call, Map<String, Object> list) {
        if (!Objects.requireNonNullElse(call.param("cursor"), "").equals("")) {
            throw RpcError.invalidParams(200, "there is one page only, without a cursor");
        }
        return list;
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
        Map<String, Object> meta = new LinkedHashMap<>();
        if (result.get("_meta") instanceof Map<?, ?> own) {
            own.forEach((key, value) -> meta.put(String.valueOf(key), value));
        }
        meta.put("io.modelcontextprotocol/serverInfo", description.self());
        complete.put("_meta", meta);
        return complete;
    }
}
