/** What was typed in vain, on both databases. */
@NullMarked
package dev.latchkey.profile.typed;

import org.jspecify.annotations.NullMarked;
