package dev.latchkey.api.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes back over HTTP.
 *
 * @param message the JSON-RPC response, or the list of them that answers a batch; absent for a notification, which gets
 *     none
 */
record McpAnswer(int httpStatus, @Nullable Object message) {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    static McpAnswer accepted() {
        return new McpAnswer(ACCEPTED, null);
    }

    /** The answers to a batch; none where it holds nothing but notifications. */
    static McpAnswer all(List<McpAnswer> answers) {
        List<Object> messages = new ArrayList<>();
        for (McpAnswer answer : answers) {
            if (answer.message() != null) {
                messages.add(answer.message());
            }
        }
        return messages.isEmpty() ? accepted() : new McpAnswer(OK, messages);
    }

    static McpAnswer result(Object id, Map<String, Object> result) {
        Map<String, Object> message = message(id);
        message.put("result", result);
        return new McpAnswer(OK, message);
    }

    /** An error; without the id where it could not be read. */
    static McpAnswer error(@Nullable Object id, RpcError error) {
        Map<String, Object> message = message(id);
        message.put("error", error.json());
        return new McpAnswer(error.httpStatus(), message);
    }

    private static Map<String, Object> message(@Nullable Object id) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        if (id != null) {
            message.put("id", id);
        }
        return message;
    }
}
