package dev.latchkey.api.mcp;

import dev.latchkey.http.JsonFields;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.oauth.Grant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool by somebody who may call it.
 *
 * @param arguments an empty object where there are none
 * @param message that carries it
 */
record ToolCall(JsonFields arguments, McpCall message, McpCaller caller, ProtocolEra era) {

    CallerAddress address() {
        return caller.address();
    }

    /** Of whoever is signed in; absent for anybody else. */
    @Nullable
    Grant grant() {
        return caller.grant();
    }

    /** Of a tool that nobody calls who is not signed in. */
    Grant requireGrant() {
        return Objects.requireNonNull(caller.grant());
    }
}
