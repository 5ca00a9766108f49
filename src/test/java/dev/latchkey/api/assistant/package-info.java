/** The assistant's action over HTTP. */
@NullMarked
package dev.latchkey.api.assistant;

import org.jspecify.annotations.NullMarked;
