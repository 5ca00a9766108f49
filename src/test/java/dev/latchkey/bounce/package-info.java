/** Tests of the room of the same name. */
@NullMarked
package dev.latchkey.bounce;

import org.jspecify.annotations.NullMarked;
