/** Who counts as one caller. */
@NullMarked
package dev.latchkey.limit;

import org.jspecify.annotations.NullMarked;
