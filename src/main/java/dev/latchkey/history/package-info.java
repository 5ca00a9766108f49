/**
 * What was changed, through which door and from what: the notice that tells the owner, and the undo that takes a change
 * back. Start with {@link dev.latchkey.history.ChangeLog}.
 *
 * <p>What a value means and where it is kept is left to the features: a change is a map of their keys to texts, and each
 * puts its own values back as a {@link dev.latchkey.history.Restorable}.
 */
@NullMarked
package dev.latchkey.history;

import org.jspecify.annotations.NullMarked;
