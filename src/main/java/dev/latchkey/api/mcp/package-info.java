/**
 * The Model Context Protocol at {@code /mcp}: what the action can do, for any assistant, and more for those that somebody let in. Start with
 * {@link dev.latchkey.api.mcp.McpController} (HTTP), then {@link dev.latchkey.api.mcp.McpServer} (JSON-RPC, both eras
 * of the protocol) and {@link dev.latchkey.api.mcp.McpTools}. Written by hand, because the SDK's transport without
 * sessions is one for servlets, and because no SDK speaks revision 2026-07-28 beside those with a handshake. Who has no
 * token never learns whether an account exists; who has one learns of its owner's account alone.
 */
@NullMarked
package dev.latchkey.api.mcp;

import org.jspecify.annotations.NullMarked;
