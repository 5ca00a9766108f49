/** The assistant's action over HTTP. */
@NullMarked
package dev.latchkey.api.action;

import org.jspecify.annotations.NullMarked;
