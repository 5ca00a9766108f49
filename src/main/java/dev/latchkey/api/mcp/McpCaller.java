package dev.latchkey.api.mcp;

import dev.latchkey.limit.CallerAddress;
import dev.latchkey.oauth.Grant;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param grant what their token opens; absent without one
 * @param refused whether they presented something that opens nothing
 */
record McpCaller(CallerAddress address, @Nullable Grant grant, boolean refused) {}
