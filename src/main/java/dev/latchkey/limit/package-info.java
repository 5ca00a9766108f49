/**
 * Who counts as one caller where nobody has to say who they are: {@link dev.latchkey.limit.CallerAddress}.
 */
@NullMarked
package dev.latchkey.limit;

import org.jspecify.annotations.NullMarked;
