/** The rules that hold for the whole product. */
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
