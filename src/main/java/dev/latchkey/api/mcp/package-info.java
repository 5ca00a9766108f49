/**
 * The Model Context Protocol at {@code /mcp}: the same two things that the action can do, for any assistant. Start with
 * {@link dev.latchkey.api.mcp.McpController} (HTTP), then {@link dev.latchkey.api.mcp.McpServer} (JSON-RPC, both eras
 * of the protocol) and {@link dev.latchkey.api.mcp.McpTools}. Written by hand, because it is stateless and has two
 * tools: a library would be larger than this, and would bring sessions. Nobody needs a key here, so nothing ever tells
 * whether an account exists.
 */
@NullMarked
package dev.latchkey.api.mcp;

import org.jspecify.annotations.NullMarked;
