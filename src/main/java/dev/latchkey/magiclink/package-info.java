/**
 * Single-use links that open something: asked for within limits, mailed, looked at any number of times, consumed once.
 * Start with {@link dev.latchkey.magiclink.LinkRequestService} (issue) and
 * {@link dev.latchkey.magiclink.LinkInspector} (inspect); whoever does the work that a link allows consumes it with
 * {@link dev.latchkey.magiclink.LinkClaims} in its own transaction. A live link is a row of {@code magic_links}; its
 * history stays in {@code link_requests}.
 */
@NullMarked
package dev.latchkey.magiclink;

import org.jspecify.annotations.NullMarked;
