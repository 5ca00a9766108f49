package dev.latchkey.api.mcp;

import dev.latchkey.http.JsonFields;
import dev.latchkey.limit.CallerAddress;

/**
 * A call of a tool.
 *
 * @param arguments an empty object where there are none
 * @param message that carries it
 */
record ToolCall(JsonFields arguments, McpCall message, CallerAddress caller) {}
