package dev.latchkey.api.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes back over HTTP.
 *
 * @param message the response, or the list of them that answers a batch; absent for a notification, which gets none
 * @param challenge what it takes to be let in; absent for whoever was
 */
record McpAnswer(
        int httpStatus, @Nullable Object message, @Nullable String challenge) {
    static final McpAnswer ACCEPTED = new McpAnswer(202, null, null);

    static McpAnswer result(Object id, Map<String, Object> result) {
        return new McpAnswer(200, new Response("2.0", id, result, null), null);
    }

    /** An error; without the id where it could not be read. */
    static McpAnswer error(@Nullable Object id, RpcError error) {
        return new McpAnswer(error.httpStatus(), new Response("2.0", id, null, error.body()), error.challenge());
    }

    /** As JSON-RPC has it. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Response(
            String jsonrpc, @Nullable Object id, @Nullable Map<String, Object> result, RpcError.@Nullable Body error) {}
}
