package dev.latchkey.api.mcp;

import dev.latchkey.http.JsonFields;
import dev.latchkey.limit.CallerAddress;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers several messages that came at once, one after the other, as revision 2025-03-26 wants servers to do. */
@Singleton
final class McpBatches {
    /** Far more than any client of two tools sends; each may ask for a mail. */
    static final int MOST = 10;

    private final McpServer server;

    McpBatches(McpServer server) {
        this.server = server;
    }

    /**
     * The answers in the order of the messages.
     *
     * @param messages null stands for what is no object
     */
    McpAnswer answer(List<@Nullable JsonFields> messages, McpHeaders headers, CallerAddress caller) {
        String version = headers.version();
        // Clients of those versions send no header: it came with the one that took batches back.
        if (version != null && !ProtocolEra.versionsWithBatches().contains(version)) {
            return refused("send one message at a time, not a batch");
        }
        if (messages.isEmpty() || messages.size() > MOST) {
            return refused("a batch holds 1 to " + MOST + " messages");
        }
        List<McpAnswer> answers = new ArrayList<>();
        for (JsonFields message : messages) {
            answers.add(answer(message, headers, caller));
        }
        return McpAnswer.all(answers);
    }

    private McpAnswer answer(@Nullable JsonFields message, McpHeaders headers, CallerAddress caller) {
        if (message == null) {
            return refused("each message of a batch must be an object");
        }
        try {
            McpCall call = McpCall.of(message);
            return call.isHandshake()
                    ? McpAnswer.error(call.id(), RpcError.invalidRequest("initialize stands alone"))
                    : server.answer(call, headers, caller);
        } catch (RpcException e) {
            return McpAnswer.error(e.id(), e.error());
        }
    }

    private static McpAnswer refused(String why) {
        return McpAnswer.error(null, RpcError.invalidRequest(why));
    }
}
