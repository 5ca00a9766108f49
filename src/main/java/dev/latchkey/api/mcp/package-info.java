/**
 * The Model Context Protocol at {@code /mcp}: the same two things that the action can do, for any assistant. Start with
 * {@link dev.latchkey.api.mcp.McpController} (HTTP), then {@link dev.latchkey.api.mcp.McpServer} (JSON-RPC, both eras
 * of the protocol) and {@link dev.latchkey.api.mcp.McpTools}. Written by hand, because the SDK's transport without
 * sessions is one for servlets, and because no SDK speaks revision 2026-07-28 beside those with a handshake. Nobody
 * needs a key here, so nothing ever tells whether an account exists.
 */
@NullMarked
package dev.latchkey.api.mcp;

import org.jspecify.annotations.NullMarked;
