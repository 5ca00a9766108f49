/**
 * How accounts end. Start with {@link dev.latchkey.membership.leaving.Erasure}, which leaves nothing of a person. Who may
 * ask for it is decided by {@code membership}.
 */
@NullMarked
package dev.latchkey.membership.leaving;

import org.jspecify.annotations.NullMarked;
