/**
 * How accounts move to another mailbox: only that one's owner can say so, and the one that is left hears of it. Start with
 * {@link dev.latchkey.membership.moving.MovingService}.
 */
@NullMarked
package dev.latchkey.membership.moving;

import org.jspecify.annotations.NullMarked;
