/**
 * What both doors for assistants share, the action and {@code /mcp}: asking for a link, status, drafts, and sentences that
 * a model can repeat. Start with {@link dev.latchkey.assistant.AssistantLinks}. Nothing here ever tells a stranger whether an
 * account exists.
 */
@NullMarked
package dev.latchkey.assistant;

import org.jspecify.annotations.NullMarked;
